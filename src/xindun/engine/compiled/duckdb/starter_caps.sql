SELECT
  "t6"."account_currency" AS "currency",
  COALESCE(
    "t8"."fixed_cap",
    CAST(CAST(ROUND("t11"."median_sales" * CAST("t9"."starter_share" AS DOUBLE), 4) AS DOUBLE) AS DECIMAL(38, 4))
  ) AS "cap",
  CASE WHEN "t8"."fixed_cap" IS NOT NULL THEN 'configured' ELSE 'median_sales' END AS "basis",
  CAST(CAST(ROUND("t11"."median_sales", 4) AS DOUBLE) AS DECIMAL(38, 4)) AS "median_sales"
FROM (
  SELECT DISTINCT
    "t0"."currency" AS "account_currency"
  FROM "profiles" AS "t0"
) AS "t6"
LEFT OUTER JOIN (
  SELECT
    "t7"."currency",
    QUANTILE_CONT(CAST("t7"."monthly_sales" AS DOUBLE), 0.5) AS "median_sales",
    COUNT(*) AS "rated"
  FROM (
    SELECT
      *
    FROM "profiles" AS "t0"
    WHERE
      "t0"."not_rated_reason" IS NULL AND "t0"."monthly_sales" > 0
  ) AS "t7"
  GROUP BY
    1
) AS "t11"
  ON "t6"."account_currency" = "t11"."currency"
LEFT OUTER JOIN (
  SELECT
    "t1"."currency" AS "fixed_currency",
    "t1"."cap" AS "fixed_cap"
  FROM "configured_caps" AS "t1"
) AS "t8"
  ON "t6"."account_currency" = "t8"."fixed_currency"
CROSS JOIN (
  SELECT
    "t2"."starter_share"
  FROM "settings" AS "t2"
) AS "t9"
