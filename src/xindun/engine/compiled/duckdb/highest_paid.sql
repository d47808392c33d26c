WITH "t5" AS (
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
)
SELECT
  "t10"."buyer_id",
  "t10"."currency",
  MAX("t10"."prompt") AS "largest_paid_on_time",
  MAX("t10"."good") AS "largest_paid_in_good_time"
FROM (
  SELECT
    "t9"."buyer_id",
    "t9"."currency",
    SUM("t9"."good") OVER (
      PARTITION BY "t9"."buyer_id", "t9"."currency"
      ORDER BY "t9"."day" ASC, "t9"."good" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS "good",
    SUM("t9"."prompt") OVER (
      PARTITION BY "t9"."buyer_id", "t9"."currency"
      ORDER BY "t9"."day" ASC, "t9"."good" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS "prompt"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t6"."buyer_id",
        "t6"."currency",
        "t6"."issued_on" AS "day",
        "t6"."amount" AS "good",
        CASE WHEN "t6"."on_time" THEN "t6"."amount" ELSE CAST(0 AS DECIMAL(18, 4)) END AS "prompt"
      FROM "t5" AS "t6"
      WHERE
        "t6"."paid"
        AND "t6"."in_good_time"
        AND DATE_DIFF('DAY', "t6"."paid_on", "t6"."as_of") < 365
        AND "t6"."paid_on" > "t6"."issued_on"
    ) AS "t7"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t6"."buyer_id",
        "t6"."currency",
        "t6"."paid_on" AS "day",
        -(
          "t6"."amount"
        ) AS "good",
        -(
          CASE WHEN "t6"."on_time" THEN "t6"."amount" ELSE CAST(0 AS DECIMAL(18, 4)) END
        ) AS "prompt"
      FROM "t5" AS "t6"
      WHERE
        "t6"."paid"
        AND "t6"."in_good_time"
        AND DATE_DIFF('DAY', "t6"."paid_on", "t6"."as_of") < 365
        AND "t6"."paid_on" > "t6"."issued_on"
    ) AS "t8"
  ) AS "t9"
) AS "t10"
GROUP BY
  1,
  2
