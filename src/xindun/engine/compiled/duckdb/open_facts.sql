SELECT
  COUNT(*) AS "open_items",
  COUNT(*) FILTER(WHERE
    "t13"."settled_later" >= "t13"."amount") AS "settled_later"
FROM (
  SELECT
    "t9"."item_id",
    "t9"."amount",
    "t12"."item_id" AS "item_id_right",
    "t12"."settled_later"
  FROM (
    SELECT
      "t5"."item_id",
      SUM("t5"."amount") AS "amount"
    FROM (
      SELECT
        *
      FROM "open_parts" AS "t0"
      WHERE
        "t0"."kind" IN ('invoice', 'retention')
    ) AS "t5"
    GROUP BY
      1
  ) AS "t9"
  LEFT OUTER JOIN (
    SELECT
      "t10"."item_id",
      SUM("t10"."amount") AS "settled_later"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t3"."settlement_id",
          "t3"."item_id",
          "t3"."source_item_id",
          "t3"."kind",
          "t3"."amount",
          "t3"."effective_on",
          "t3"."cleared_on",
          "t3"."matures_on",
          "t3"."dishonoured_on",
          "t3"."derived",
          "t3"."recorded_at",
          "t3"."superseded_at",
          "t6"."as_of",
          "t6"."known_at"
        FROM "settlements" AS "t3"
        CROSS JOIN (
          SELECT
            *
          FROM "clock" AS "t2"
        ) AS "t6"
      ) AS "t7"
      WHERE
        "t7"."recorded_at" <= "t7"."known_at"
        AND (
          (
            "t7"."superseded_at" IS NULL
          )
          OR (
            "t7"."superseded_at" > "t7"."known_at"
          )
        )
        AND "t7"."cleared_on" > "t7"."as_of"
    ) AS "t10"
    GROUP BY
      1
  ) AS "t12"
    ON "t9"."item_id" = "t12"."item_id"
) AS "t13"
