-- One row per district ('': unknown) of one wave. Everybody asked: respondents, those in clusters, weights, squared weights.
select district, respondents, in_clusters, sum_weight, sum_weight_squared
from survey_districts
where wave_id = $wave
