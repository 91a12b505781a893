-- The figures of claims in words ("down 90 percent", "more than 80,000 people") and as the interval they mean.
CREATE VIEW figure_list AS
SELECT
    figure.claim_id,
    -- "up to 41" would be read as "at most 41".
    CASE figure.direction || ' ' || figure.role
        WHEN 'up to' THEN 'rising to ' WHEN 'down to' THEN 'falling to '
        ELSE CASE figure.direction WHEN 'up' THEN 'up ' WHEN 'down' THEN 'down ' ELSE '' END
            || CASE figure.role WHEN 'from' THEN 'from ' WHEN 'to' THEN 'to ' ELSE '' END
    END
    || CASE figure.comparator
        WHEN '~' THEN 'about ' WHEN '>' THEN 'more than ' WHEN '>=' THEN 'at least '
        WHEN '<' THEN 'less than ' WHEN '<=' THEN 'at most ' ELSE '' END
    || CASE WHEN figure.is_currency THEN figure.unit || ' ' ELSE '' END
    || CASE
        WHEN figure.value_min < figure.value_max THEN figure.low || ' to ' || figure.high
        ELSE coalesce(figure.low, figure.high) END
    || CASE
        WHEN figure.unit IS NULL OR figure.is_currency THEN ''
        WHEN figure.unit = 'celsius' THEN ' °C'
        WHEN figure.unit = 'fahrenheit' THEN ' °F'
        WHEN coalesce(figure.value_max, figure.value_min) = 1 THEN ' ' || replace(figure.unit, '_', ' ')
        -- The noun that is counted takes the plural: metres per second.
        ELSE ' ' || replace(
            CASE
                WHEN figure.noun = 'person' THEN 'people'
                WHEN figure.noun IN ('man', 'woman') OR figure.noun GLOB '*[a-z]sman'
                    THEN substr(figure.noun, 1, length(figure.noun) - 2) || 'en'
                WHEN figure.noun = 'child' THEN 'children'
                WHEN figure.noun GLOB '*foot' THEN substr(figure.noun, 1, length(figure.noun) - 4) || 'feet'
                WHEN figure.noun IN ('life', 'wife', 'knife')
                    THEN substr(figure.noun, 1, length(figure.noun) - 2) || 'ves'
                WHEN figure.noun IN ('percent', 'police', 'hertz')
                    OR figure.noun GLOB '*[a-rt-z]s' AND figure.noun NOT GLOB '*[iu]s'
                    THEN figure.noun
                WHEN figure.noun GLOB '*[^aeiou]y' THEN substr(figure.noun, 1, length(figure.noun) - 1) || 'ies'
                WHEN figure.noun GLOB '*[sxz]' OR figure.noun GLOB '*[cs]h' THEN figure.noun || 'es'
                ELSE figure.noun || 's' END || figure.rate, '_', ' ') END AS figure,
    figure.text AS printed,
    figure.value_min,
    figure.value_max,
    figure.comparator,
    figure.direction,
    figure.unit,
    figure.role,
    figure.start_char,
    figure.id AS figure_id
FROM (
    SELECT
        figures.*,
        coalesce(figures.unit GLOB '[A-Z][A-Z][A-Z]', 0) AS is_currency,
        iif(
            instr(figures.unit, '_per_'), substr(figures.unit, 1, instr(figures.unit, '_per_') - 1), figures.unit
        ) AS noun,
        iif(instr(figures.unit, '_per_'), substr(figures.unit, instr(figures.unit, '_per_')), '') AS rate,
        CASE
            WHEN figures.value_min IS NULL THEN NULL
            WHEN abs(figures.value_min) >= 1e9 AND figures.value_min / 1e7 = CAST(figures.value_min / 1e7 AS INTEGER)
                THEN printf('%.12g billion', figures.value_min / 1e9)
            WHEN abs(figures.value_min) >= 1e6 AND figures.value_min / 1e4 = CAST(figures.value_min / 1e4 AS INTEGER)
                THEN printf('%.12g million', figures.value_min / 1e6)
            WHEN figures.value_min = CAST(figures.value_min AS INTEGER) THEN printf('%,d', figures.value_min)
            WHEN abs(figures.value_min) < 1 THEN printf('%.3g', figures.value_min)
            ELSE printf('%.12g', round(figures.value_min, 3)) END AS low,
        CASE
            WHEN figures.value_max IS NULL THEN NULL
            WHEN abs(figures.value_max) >= 1e9 AND figures.value_max / 1e7 = CAST(figures.value_max / 1e7 AS INTEGER)
                THEN printf('%.12g billion', figures.value_max / 1e9)
            WHEN abs(figures.value_max) >= 1e6 AND figures.value_max / 1e4 = CAST(figures.value_max / 1e4 AS INTEGER)
                THEN printf('%.12g million', figures.value_max / 1e6)
            WHEN figures.value_max = CAST(figures.value_max AS INTEGER) THEN printf('%,d', figures.value_max)
            WHEN abs(figures.value_max) < 1 THEN printf('%.3g', figures.value_max)
            ELSE printf('%.12g', round(figures.value_max, 3)) END AS high
    FROM figures
) AS figure;
