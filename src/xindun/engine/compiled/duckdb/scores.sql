SELECT
  "t6"."buyer_id",
  "t6"."currency",
  "t6"."health_score",
  "t3"."grade",
  "t3"."next_score",
  "t6"."reasons"
FROM (
  SELECT
    "t4"."buyer_id",
    "t4"."currency",
    CAST(SUM("t4"."points") AS DECIMAL(5, 1)) AS "health_score",
    ARRAY_AGG("t4"."reason" ORDER BY "t4"."position" ASC) FILTER(WHERE
      "t4"."reason" IS NOT NULL) AS "reasons"
  FROM (
    SELECT
      "t0"."buyer_id",
      "t0"."currency",
      "t0"."factor",
      "t0"."value",
      "t0"."position",
      "t0"."max_points",
      "t0"."lower_is_better",
      "t0"."step",
      "t0"."points",
      {'code': CASE
        WHEN "t0"."value" IS NULL
        THEN "t0"."factor" || '_unknown'
        ELSE "t0"."factor"
      END, 'points': "t0"."points", 'max_points': CAST("t0"."max_points" AS DECIMAL(5, 1)), 'value': "t0"."value", 'params': '{' || '"value": ' || COALESCE(CAST("t0"."value" AS TEXT), 'null') || '}'} AS "reason"
    FROM "factor_points" AS "t0"
  ) AS "t4"
  GROUP BY
    1,
    2
) AS "t6"
INNER JOIN (
  SELECT
    "t1"."grade",
    "t1"."from_score",
    "t1"."below_score",
    "t1"."next_score"
  FROM "grades" AS "t1"
) AS "t3"
  ON "t6"."health_score" >= "t3"."from_score"
  AND "t6"."health_score" < "t3"."below_score"
