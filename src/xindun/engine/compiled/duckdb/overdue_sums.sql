SELECT
  "t0"."buyer_id",
  "t0"."currency",
  COALESCE(SUM("t0"."amount") FILTER(WHERE
    "t0"."days" > 0), CAST(0 AS DECIMAL(38, 4))) AS "open_amount",
  COALESCE(
    SUM("t0"."amount" * CAST("t0"."days" AS DECIMAL(9, 0))) FILTER(WHERE
      "t0"."days" > 0),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "open_days",
  COALESCE(
    SUM(
      "t0"."amount" * (
        CAST("t0"."days" AS DECIMAL(9, 0)) * CAST("t0"."days" AS DECIMAL(9, 0))
      )
    ) FILTER(WHERE
      "t0"."days" > 0),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "open_squares",
  COALESCE(SUM("t0"."amount") FILTER(WHERE
    "t0"."too_late"), CAST(0 AS DECIMAL(38, 4))) AS "too_late_amount",
  COALESCE(SUM("t0"."amount") FILTER(WHERE
    "t0"."days" > 90), CAST(0 AS DECIMAL(38, 4))) AS "open_before_recent_amount",
  COALESCE(
    SUM("t0"."amount" * CAST("t0"."days" - 90 AS DECIMAL(9, 0))) FILTER(WHERE
      "t0"."days" > 90),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "open_before_recent_days",
  COALESCE(SUM("t0"."amount") FILTER(WHERE
    "t0"."days" > 180), CAST(0 AS DECIMAL(38, 4))) AS "open_before_middle_amount",
  COALESCE(
    SUM("t0"."amount" * CAST("t0"."days" - 180 AS DECIMAL(9, 0))) FILTER(WHERE
      "t0"."days" > 180),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "open_before_middle_days"
FROM "overdue_parts" AS "t0"
GROUP BY
  1,
  2
