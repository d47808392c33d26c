SELECT
  "t6"."buyer_id",
  "t6"."currency",
  COALESCE(SUM("t6"."amount") FILTER(WHERE
    "t6"."paid"), CAST(0 AS DECIMAL(38, 4))) AS "year_amount",
  COALESCE(
    SUM("t6"."amount" * CAST("t6"."days" AS DECIMAL(9, 0))) FILTER(WHERE
      "t6"."paid"),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "year_days",
  COALESCE(
    SUM(
      "t6"."amount" * (
        CAST("t6"."days" AS DECIMAL(9, 0)) * CAST("t6"."days" AS DECIMAL(9, 0))
      )
    ) FILTER(WHERE
      "t6"."paid"),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "year_squares",
  COALESCE(
    SUM("t6"."amount") FILTER(WHERE
      "t6"."paid" AND (
        "t6"."ago" < 90
      )),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "recent_amount",
  COALESCE(
    SUM("t6"."amount" * CAST("t6"."days" AS DECIMAL(9, 0))) FILTER(WHERE
      "t6"."paid" AND (
        "t6"."ago" < 90
      )),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "recent_days",
  COALESCE(
    SUM("t6"."amount") FILTER(WHERE
      "t6"."paid" AND (
        "t6"."ago" >= 90
      ) AND (
        "t6"."ago" < 180
      )),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "middle_amount",
  COALESCE(
    SUM("t6"."amount" * CAST("t6"."days" AS DECIMAL(9, 0))) FILTER(WHERE
      "t6"."paid" AND (
        "t6"."ago" >= 90
      ) AND (
        "t6"."ago" < 180
      )),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "middle_days",
  COALESCE(
    SUM("t6"."amount") FILTER(WHERE
      "t6"."paid" AND (
        "t6"."ago" >= 180
      )),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "older_amount",
  COALESCE(
    SUM("t6"."amount" * CAST("t6"."days" AS DECIMAL(9, 0))) FILTER(WHERE
      "t6"."paid" AND (
        "t6"."ago" >= 180
      )),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "older_days",
  COALESCE(
    SUM("t6"."amount") FILTER(WHERE
      "t6"."lost" AND (
        "t6"."since" > 0
      )),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "lost_amount",
  COALESCE(
    SUM("t6"."amount" * CAST("t6"."since" AS DECIMAL(9, 0))) FILTER(WHERE
      "t6"."lost" AND (
        "t6"."since" > 0
      )),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "lost_days",
  COALESCE(
    SUM(
      "t6"."amount" * (
        CAST("t6"."since" AS DECIMAL(9, 0)) * CAST("t6"."since" AS DECIMAL(9, 0))
      )
    ) FILTER(WHERE
      "t6"."lost" AND (
        "t6"."since" > 0
      )),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "lost_squares",
  COALESCE(
    SUM("t6"."amount") FILTER(WHERE
      (
        "t6"."since" > 90
      )
      AND (
        "t6"."known" >= 90
      )
      AND (
        (
          "t6"."paid" AND (
            "t6"."ago" < 90
          )
        ) OR "t6"."lost"
      )),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "late_before_recent_amount",
  COALESCE(
    SUM("t6"."amount" * CAST("t6"."since" - 90 AS DECIMAL(9, 0))) FILTER(WHERE
      (
        "t6"."since" > 90
      )
      AND (
        "t6"."known" >= 90
      )
      AND (
        (
          "t6"."paid" AND (
            "t6"."ago" < 90
          )
        ) OR "t6"."lost"
      )),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "late_before_recent_days",
  COALESCE(
    SUM("t6"."amount") FILTER(WHERE
      (
        "t6"."since" > 180
      )
      AND (
        "t6"."known" >= 180
      )
      AND (
        (
          "t6"."paid" AND (
            "t6"."ago" < 180
          )
        ) OR "t6"."lost"
      )),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "late_before_middle_amount",
  COALESCE(
    SUM("t6"."amount" * CAST("t6"."since" - 180 AS DECIMAL(9, 0))) FILTER(WHERE
      (
        "t6"."since" > 180
      )
      AND (
        "t6"."known" >= 180
      )
      AND (
        (
          "t6"."paid" AND (
            "t6"."ago" < 180
          )
        ) OR "t6"."lost"
      )),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "late_before_middle_days",
  COALESCE(
    SUM("t6"."amount") FILTER(WHERE
      "t6"."paid" AND "t6"."on_time"),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "on_time_amount",
  COALESCE(
    SUM("t6"."amount") FILTER(WHERE
      "t6"."paid" AND "t6"."derived"),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "derived_amount",
  COALESCE(SUM("t6"."amount") FILTER(WHERE
    "t6"."undated"), CAST(0 AS DECIMAL(38, 4))) AS "undated_amount"
FROM (
  SELECT
    "t5"."buyer_id",
    "t5"."currency",
    "t5"."amount",
    "t5"."paid",
    "t5"."undated",
    "t5"."lost",
    "t5"."issued_on",
    "t5"."due_on",
    "t5"."terms_end",
    "t5"."handed_on",
    "t5"."paid_on",
    "t5"."days",
    "t5"."on_time",
    "t5"."in_good_time",
    "t5"."derived",
    "t5"."as_of",
    CAST(DATE_DIFF('DAY', "t5"."paid_on", "t5"."as_of") AS INT) AS "ago",
    CAST(DATE_DIFF('DAY', "t5"."terms_end", "t5"."as_of") AS INT) AS "since",
    CAST(DATE_DIFF('DAY', "t5"."issued_on", "t5"."as_of") AS INT) AS "known"
  FROM (
    SELECT
      "t2"."buyer_id",
      "t2"."currency",
      "t2"."amount",
      "t2"."paid",
      "t2"."undated",
      "t2"."lost",
      "t2"."issued_on",
      "t2"."due_on",
      "t2"."terms_end",
      "t2"."handed_on",
      "t2"."paid_on",
      "t2"."days",
      "t2"."on_time",
      "t2"."in_good_time",
      "t2"."derived",
      "t4"."as_of"
    FROM "settled_parts" AS "t2"
    CROSS JOIN (
      SELECT
        "t1"."as_of"
      FROM "clock" AS "t1"
    ) AS "t4"
  ) AS "t5"
  WHERE
    "t5"."due_on" IS NOT NULL
    AND (
      (
        (
          "t5"."paid" OR "t5"."undated"
        )
        AND (
          CAST(DATE_DIFF('DAY', "t5"."paid_on", "t5"."as_of") AS INT) < 365
        )
      )
      OR "t5"."lost"
    )
) AS "t6"
GROUP BY
  1,
  2
