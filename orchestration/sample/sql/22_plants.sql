-- Which school a planted class goes to, where the finding is about the school.
UPDATE class SET institution_no = i.institution_no, institution_id = i.institution_id, institution_name = i.institution_name
FROM (VALUES ('district_school', 905), ('not_listed_institution', 901), ('black_listed', 902), ('centre_early', 903)) v(plant,
    institution_no)
JOIN institution i USING (institution_no) WHERE class.plant = v.plant;
UPDATE class SET institution_no = i.institution_no, institution_id = i.institution_id, institution_name = i.institution_name
FROM institution i WHERE i.kind = 'enterprise_centre' AND i.kind_no = 1 AND class.plant = 'centre_relation';
