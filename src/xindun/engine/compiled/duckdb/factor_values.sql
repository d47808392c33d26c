SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t0"."buyer_id",
      "t0"."currency",
      'history_days' AS "factor",
      CAST("t0"."history_days" AS DOUBLE) AS "value"
    FROM "profiles" AS "t0"
    WHERE
      "t0"."not_rated_reason" IS NULL
  ) AS "t1"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t0"."buyer_id",
        "t0"."currency",
        'days_beyond_terms' AS "factor",
        "t0"."days_beyond_terms" AS "value"
      FROM "profiles" AS "t0"
      WHERE
        "t0"."not_rated_reason" IS NULL
    ) AS "t2"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t0"."buyer_id",
        "t0"."currency",
        'on_time_ratio' AS "factor",
        "t0"."on_time_ratio" AS "value"
      FROM "profiles" AS "t0"
      WHERE
        "t0"."not_rated_reason" IS NULL
    ) AS "t3"
  ) AS "t8"
) AS "t11"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t0"."buyer_id",
        "t0"."currency",
        'overdue_ratio' AS "factor",
        "t0"."overdue_ratio" AS "value"
      FROM "profiles" AS "t0"
      WHERE
        "t0"."not_rated_reason" IS NULL
    ) AS "t4"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t0"."buyer_id",
        "t0"."currency",
        'long_overdue_ratio' AS "factor",
        "t0"."long_overdue_ratio" AS "value"
      FROM "profiles" AS "t0"
      WHERE
        "t0"."not_rated_reason" IS NULL
    ) AS "t5"
  ) AS "t9"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t0"."buyer_id",
        "t0"."currency",
        'trend_days' AS "factor",
        "t0"."trend_days" AS "value"
      FROM "profiles" AS "t0"
      WHERE
        "t0"."not_rated_reason" IS NULL
    ) AS "t6"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t0"."buyer_id",
        "t0"."currency",
        'volatility_days' AS "factor",
        "t0"."volatility_days" AS "value"
      FROM "profiles" AS "t0"
      WHERE
        "t0"."not_rated_reason" IS NULL
    ) AS "t7"
  ) AS "t10"
) AS "t12"
