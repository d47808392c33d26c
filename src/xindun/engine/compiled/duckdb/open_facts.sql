SELECT
  COUNT(*) FILTER(WHERE
    "t0"."kind" IN ('invoice', 'retention') AND "t0"."is_item") AS "open_items",
  COUNT(*) FILTER(WHERE
    "t0"."kind" IN ('invoice', 'retention')
    AND "t0"."is_item"
    AND "t0"."never_settled") AS "never_settled"
FROM "open_parts" AS "t0"
