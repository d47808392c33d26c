SELECT
  "t0"."currency",
  COALESCE(SUM("t0"."sales_365"), 0) AS "sales_365",
  COALESCE(SUM("t0"."sales_90"), 0) AS "sales_90",
  COALESCE(SUM("t0"."issued_365"), 0) AS "issued_365",
  COALESCE(SUM("t0"."issued_90"), 0) AS "issued_90",
  COALESCE(SUM("t0"."cleared_365"), 0) AS "cleared_365",
  COALESCE(SUM("t0"."cleared_90"), 0) AS "cleared_90",
  MIN("t0"."first_issued_on") AS "first_issued_on",
  COUNT(*) AS "accounts",
  COUNT(*) FILTER(WHERE
    "t0"."not_rated_reason" IS NULL) AS "rated"
FROM "profiles" AS "t0"
GROUP BY
  1
