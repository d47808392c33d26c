SELECT
  "t14"."item_id",
  "t14"."buyer_id",
  "t14"."currency",
  "t14"."kind",
  "t14"."disputed",
  "t14"."issued_on",
  "t14"."due_on",
  "t14"."recognised_on",
  "t14"."amount" - COALESCE("t14"."settled", CAST(0 AS DECIMAL(18, 4))) AS "amount"
FROM (
  SELECT
    "t11"."item_id",
    "t11"."buyer_id",
    "t11"."kind",
    "t11"."number",
    "t11"."currency",
    "t11"."amount",
    "t11"."issued_on",
    "t11"."due_on",
    "t11"."original_due_on",
    "t11"."recognised_on",
    "t11"."disputed",
    "t11"."recorded_at",
    "t11"."superseded_at",
    "t11"."as_of",
    "t11"."known_at",
    "t13"."item_id" AS "item_id_right",
    "t13"."settled"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t3"."item_id",
        "t3"."buyer_id",
        "t3"."kind",
        "t3"."number",
        "t3"."currency",
        "t3"."amount",
        "t3"."issued_on",
        "t3"."due_on",
        "t3"."original_due_on",
        "t3"."recognised_on",
        "t3"."disputed",
        "t3"."recorded_at",
        "t3"."superseded_at",
        "t6"."as_of",
        "t6"."known_at"
      FROM "items" AS "t3"
      CROSS JOIN (
        SELECT
          *
        FROM "clock" AS "t1"
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
      AND "t7"."issued_on" <= "t7"."as_of"
      AND "t7"."kind" IN ('invoice', 'retention', 'unbilled_delivery')
  ) AS "t11"
  LEFT OUTER JOIN (
    SELECT
      "t10"."item_id",
      CAST(SUM("t10"."amount") AS DECIMAL(18, 4)) AS "settled"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t4"."settlement_id",
          "t4"."item_id",
          "t4"."source_item_id",
          "t4"."kind",
          "t4"."amount",
          "t4"."effective_on",
          "t4"."cleared_on",
          "t4"."matures_on",
          "t4"."dishonoured_on",
          "t4"."derived",
          "t4"."recorded_at",
          "t4"."superseded_at",
          "t6"."as_of",
          "t6"."known_at"
        FROM "settlements" AS "t4"
        CROSS JOIN (
          SELECT
            *
          FROM "clock" AS "t1"
        ) AS "t6"
      ) AS "t8"
      WHERE
        "t8"."recorded_at" <= "t8"."known_at"
        AND (
          (
            "t8"."superseded_at" IS NULL
          )
          OR (
            "t8"."superseded_at" > "t8"."known_at"
          )
        )
        AND "t8"."cleared_on" <= "t8"."as_of"
    ) AS "t10"
    GROUP BY
      1
  ) AS "t13"
    ON "t11"."item_id" = "t13"."item_id"
) AS "t14"
WHERE
  (
    "t14"."settled" IS NULL
  ) OR (
    "t14"."amount" <> "t14"."settled"
  )
