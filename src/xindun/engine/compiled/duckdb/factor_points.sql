SELECT
  "t2"."buyer_id",
  "t2"."currency",
  "t2"."factor",
  "t2"."value",
  "t5"."position",
  "t5"."max_points",
  "t5"."lower_is_better",
  "t5"."step",
  COALESCE(
    CAST(CAST(ROUND(
      "t6"."y0" + (
        (
          (
            "t2"."value" - "t6"."x0"
          ) / (
            "t6"."x1" - "t6"."x0"
          )
        ) * (
          "t6"."y1" - "t6"."y0"
        )
      ),
      1
    ) AS DOUBLE) AS DECIMAL(5, 1)),
    CAST("t5"."missing_points" AS DECIMAL(5, 1))
  ) AS "points"
FROM "factor_values" AS "t2"
INNER JOIN (
  SELECT DISTINCT
    "t1"."factor",
    "t1"."position",
    "t1"."max_points",
    "t1"."missing_points",
    "t1"."lower_is_better",
    "t1"."step"
  FROM "segments" AS "t1"
) AS "t5"
  ON "t2"."factor" = "t5"."factor"
LEFT OUTER JOIN (
  SELECT
    "t1"."factor" AS "line_factor",
    "t1"."x0",
    "t1"."x1",
    "t1"."y0",
    "t1"."y1"
  FROM "segments" AS "t1"
) AS "t6"
  ON "t2"."factor" = "t6"."line_factor"
  AND "t2"."value" >= "t6"."x0"
  AND "t2"."value" < "t6"."x1"
