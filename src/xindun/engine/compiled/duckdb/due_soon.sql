SELECT
  "t9"."buyer_id",
  "t9"."currency",
  SUM("t9"."amount") AS "soon_amount",
  MIN("t9"."ages_from") AS "soon_due_on"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t3"."item_id",
      "t3"."buyer_id",
      "t3"."currency",
      "t3"."kind",
      "t3"."disputed",
      "t3"."issued_on",
      "t3"."recognised_on",
      "t3"."amount",
      "t3"."ages_from",
      "t3"."under_bill",
      "t3"."is_item",
      "t6"."as_of",
      "t7"."remind_days"
    FROM "open_parts" AS "t3"
    CROSS JOIN (
      SELECT
        "t1"."as_of"
      FROM "clock" AS "t1"
    ) AS "t6"
    CROSS JOIN (
      SELECT
        "t2"."remind_days"
      FROM "settings" AS "t2"
    ) AS "t7"
  ) AS "t8"
  WHERE
    "t8"."kind" IN ('invoice', 'retention')
    AND "t8"."amount" > 0
    AND NOT (
      "t8"."under_bill"
    )
    AND DATE_DIFF('DAY', "t8"."as_of", "t8"."ages_from") >= 0
    AND DATE_DIFF('DAY', "t8"."as_of", "t8"."ages_from") <= "t8"."remind_days"
) AS "t9"
GROUP BY
  1,
  2
