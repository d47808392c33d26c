SELECT
  COUNT(*) AS "items",
  COUNT(*) FILTER(WHERE
    "t6"."kind" IN ('invoice', 'retention')) AS "aged_items",
  COUNT(*) FILTER(WHERE
    "t6"."kind" IN ('invoice', 'retention') AND (
      "t6"."due_on" IS NULL
    )) AS "without_due",
  MIN("t6"."issued_on") AS "first_issued_on",
  MAX("t6"."issued_on") AS "last_issued_on"
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
