-- One row per decision of the steering group, as registered, oldest first.
select * exclude (upload_id) from decisions order by decided_on, decision_id
