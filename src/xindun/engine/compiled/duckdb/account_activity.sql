SELECT
  "t6"."buyer_id",
  "t6"."currency",
  MIN("t6"."issued_on") AS "first_issued_on",
  MAX("t6"."issued_on") AS "last_issued_on",
  COUNT(*) FILTER(WHERE
    "t6"."kind" IN ('invoice', 'retention')
    AND (
      DATE_DIFF('DAY', "t6"."due_on", "t6"."as_of") >= 0
    )
    AND (
      DATE_DIFF('DAY', "t6"."due_on", "t6"."as_of") < 365
    )) AS "judged_items",
  COALESCE(
    SUM("t6"."amount") FILTER(WHERE
      (
        "t6"."kind" = 'invoice'
      )
      AND (
        DATE_DIFF('DAY', "t6"."issued_on", "t6"."as_of") < 365
      )),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "sales_365",
  COALESCE(
    SUM("t6"."amount") FILTER(WHERE
      (
        "t6"."kind" = 'invoice'
      )
      AND (
        DATE_DIFF('DAY', "t6"."issued_on", "t6"."as_of") < 365
      )
      AND (
        "t6"."due_on" IS NOT NULL
      )),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "termed_amount",
  COALESCE(
    SUM(
      "t6"."amount" * CAST(DATE_DIFF('DAY', "t6"."issued_on", "t6"."due_on") AS DECIMAL(9, 0))
    ) FILTER(WHERE
      (
        "t6"."kind" = 'invoice'
      )
      AND (
        DATE_DIFF('DAY', "t6"."issued_on", "t6"."as_of") < 365
      )
      AND (
        "t6"."due_on" IS NOT NULL
      )),
    CAST(0 AS DECIMAL(38, 4))
  ) AS "termed_days"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t2"."item_id",
      "t2"."buyer_id",
      "t2"."kind",
      "t2"."number",
      "t2"."currency",
      "t2"."amount",
      "t2"."issued_on",
      "t2"."due_on",
      "t2"."original_due_on",
      "t2"."recognised_on",
      "t2"."disputed",
      "t2"."recorded_at",
      "t2"."superseded_at",
      "t4"."as_of",
      "t4"."known_at"
    FROM "items" AS "t2"
    CROSS JOIN (
      SELECT
        *
      FROM "clock" AS "t1"
    ) AS "t4"
  ) AS "t5"
  WHERE
    "t5"."recorded_at" <= "t5"."known_at"
    AND (
      (
        "t5"."superseded_at" IS NULL
      )
      OR (
        "t5"."superseded_at" > "t5"."known_at"
      )
    )
    AND "t5"."issued_on" <= "t5"."as_of"
) AS "t6"
GROUP BY
  1,
  2
