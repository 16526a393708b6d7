-- One row per wave × item × respondent that was asked; answer NULL when missing, then missing says why.
select a.wave_id, a.item_id, a.respondent, a.scale_id, a.answer, a.missing, r.district_id, r.weight, r.stratum, r.cluster
from survey_answers a
join survey_respondents r using (wave_id, respondent)
order by a.wave_id, a.item_id, a.respondent
