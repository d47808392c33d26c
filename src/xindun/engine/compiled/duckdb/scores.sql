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
    "t4"."health_score",
    CAST([
      {'code': CASE
        WHEN "t4"."days_beyond_terms_value" IS NULL
        THEN 'days_beyond_terms_unknown'
        ELSE 'days_beyond_terms'
      END, 'points': "t4"."days_beyond_terms_points", 'max_points': CAST("t4"."days_beyond_terms_max_points" AS DECIMAL(5, 1)), 'value': "t4"."days_beyond_terms_value", 'params': '{' || '"value": ' || COALESCE(CAST("t4"."days_beyond_terms_value" AS TEXT), 'null') || '}'},
      {'code': CASE
        WHEN "t4"."on_time_ratio_value" IS NULL
        THEN 'on_time_ratio_unknown'
        ELSE 'on_time_ratio'
      END, 'points': "t4"."on_time_ratio_points", 'max_points': CAST("t4"."on_time_ratio_max_points" AS DECIMAL(5, 1)), 'value': "t4"."on_time_ratio_value", 'params': '{' || '"value": ' || COALESCE(CAST("t4"."on_time_ratio_value" AS TEXT), 'null') || '}'},
      {'code': CASE
        WHEN "t4"."overdue_ratio_value" IS NULL
        THEN 'overdue_ratio_unknown'
        ELSE 'overdue_ratio'
      END, 'points': "t4"."overdue_ratio_points", 'max_points': CAST("t4"."overdue_ratio_max_points" AS DECIMAL(5, 1)), 'value': "t4"."overdue_ratio_value", 'params': '{' || '"value": ' || COALESCE(CAST("t4"."overdue_ratio_value" AS TEXT), 'null') || '}'},
      {'code': CASE
        WHEN "t4"."long_overdue_ratio_value" IS NULL
        THEN 'long_overdue_ratio_unknown'
        ELSE 'long_overdue_ratio'
      END, 'points': "t4"."long_overdue_ratio_points", 'max_points': CAST("t4"."long_overdue_ratio_max_points" AS DECIMAL(5, 1)), 'value': "t4"."long_overdue_ratio_value", 'params': '{' || '"value": ' || COALESCE(CAST("t4"."long_overdue_ratio_value" AS TEXT), 'null') || '}'},
      {'code': CASE
        WHEN "t4"."trend_days_value" IS NULL
        THEN 'trend_days_unknown'
        ELSE 'trend_days'
      END, 'points': "t4"."trend_days_points", 'max_points': CAST("t4"."trend_days_max_points" AS DECIMAL(5, 1)), 'value': "t4"."trend_days_value", 'params': '{' || '"value": ' || COALESCE(CAST("t4"."trend_days_value" AS TEXT), 'null') || '}'},
      {'code': CASE
        WHEN "t4"."volatility_days_value" IS NULL
        THEN 'volatility_days_unknown'
        ELSE 'volatility_days'
      END, 'points': "t4"."volatility_days_points", 'max_points': CAST("t4"."volatility_days_max_points" AS DECIMAL(5, 1)), 'value': "t4"."volatility_days_value", 'params': '{' || '"value": ' || COALESCE(CAST("t4"."volatility_days_value" AS TEXT), 'null') || '}'},
      {'code': CASE
        WHEN "t4"."history_days_value" IS NULL
        THEN 'history_days_unknown'
        ELSE 'history_days'
      END, 'points': "t4"."history_days_points", 'max_points': CAST("t4"."history_days_max_points" AS DECIMAL(5, 1)), 'value': "t4"."history_days_value", 'params': '{' || '"value": ' || COALESCE(CAST("t4"."history_days_value" AS TEXT), 'null') || '}'}
    ] AS STRUCT(
      "code" TEXT,
      "points" DECIMAL(5, 1),
      "max_points" DECIMAL(5, 1),
      "value" DOUBLE,
      "params" TEXT
    )[]) AS "reasons"
  FROM (
    SELECT
      "t0"."buyer_id",
      "t0"."currency",
      CAST(SUM("t0"."points") AS DECIMAL(5, 1)) AS "health_score",
      MAX("t0"."points") FILTER(WHERE
        "t0"."factor" = 'days_beyond_terms') AS "days_beyond_terms_points",
      MAX("t0"."max_points") FILTER(WHERE
        "t0"."factor" = 'days_beyond_terms') AS "days_beyond_terms_max_points",
      MAX("t0"."value") FILTER(WHERE
        "t0"."factor" = 'days_beyond_terms') AS "days_beyond_terms_value",
      MAX("t0"."points") FILTER(WHERE
        "t0"."factor" = 'on_time_ratio') AS "on_time_ratio_points",
      MAX("t0"."max_points") FILTER(WHERE
        "t0"."factor" = 'on_time_ratio') AS "on_time_ratio_max_points",
      MAX("t0"."value") FILTER(WHERE
        "t0"."factor" = 'on_time_ratio') AS "on_time_ratio_value",
      MAX("t0"."points") FILTER(WHERE
        "t0"."factor" = 'overdue_ratio') AS "overdue_ratio_points",
      MAX("t0"."max_points") FILTER(WHERE
        "t0"."factor" = 'overdue_ratio') AS "overdue_ratio_max_points",
      MAX("t0"."value") FILTER(WHERE
        "t0"."factor" = 'overdue_ratio') AS "overdue_ratio_value",
      MAX("t0"."points") FILTER(WHERE
        "t0"."factor" = 'long_overdue_ratio') AS "long_overdue_ratio_points",
      MAX("t0"."max_points") FILTER(WHERE
        "t0"."factor" = 'long_overdue_ratio') AS "long_overdue_ratio_max_points",
      MAX("t0"."value") FILTER(WHERE
        "t0"."factor" = 'long_overdue_ratio') AS "long_overdue_ratio_value",
      MAX("t0"."points") FILTER(WHERE
        "t0"."factor" = 'trend_days') AS "trend_days_points",
      MAX("t0"."max_points") FILTER(WHERE
        "t0"."factor" = 'trend_days') AS "trend_days_max_points",
      MAX("t0"."value") FILTER(WHERE
        "t0"."factor" = 'trend_days') AS "trend_days_value",
      MAX("t0"."points") FILTER(WHERE
        "t0"."factor" = 'volatility_days') AS "volatility_days_points",
      MAX("t0"."max_points") FILTER(WHERE
        "t0"."factor" = 'volatility_days') AS "volatility_days_max_points",
      MAX("t0"."value") FILTER(WHERE
        "t0"."factor" = 'volatility_days') AS "volatility_days_value",
      MAX("t0"."points") FILTER(WHERE
        "t0"."factor" = 'history_days') AS "history_days_points",
      MAX("t0"."max_points") FILTER(WHERE
        "t0"."factor" = 'history_days') AS "history_days_max_points",
      MAX("t0"."value") FILTER(WHERE
        "t0"."factor" = 'history_days') AS "history_days_value"
    FROM "factor_points" AS "t0"
    GROUP BY
      1,
      2
  ) AS "t4"
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
