SELECT
  COUNT(*) AS "settlements",
  COUNT(*) FILTER(WHERE
    "t6"."cleared_on" <= "t6"."as_of") AS "settled_by_then",
  MIN("t6"."cleared_on") FILTER(WHERE
    "t6"."cleared_on" <= "t6"."as_of") AS "first_settled_on",
  MAX("t6"."cleared_on") FILTER(WHERE
    "t6"."cleared_on" <= "t6"."as_of") AS "last_settled_on"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t2"."settlement_id",
      "t2"."item_id",
      "t2"."source_item_id",
      "t2"."kind",
      "t2"."amount",
      "t2"."effective_on",
      "t2"."cleared_on",
      "t2"."matures_on",
      "t2"."dishonoured_on",
      "t2"."derived",
      "t2"."recorded_at",
      "t2"."superseded_at",
      "t4"."as_of",
      "t4"."known_at"
    FROM "settlements" AS "t2"
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
) AS "t6"
