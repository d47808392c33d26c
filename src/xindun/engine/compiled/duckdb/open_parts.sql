WITH "t7" AS (
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
), "t8" AS (
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
), "t24" AS (
  SELECT
    "t17"."item_id",
    "t17"."buyer_id",
    "t17"."currency",
    "t17"."kind",
    "t17"."disputed",
    "t17"."issued_on",
    "t17"."due_on",
    "t17"."recognised_on",
    CAST("t17"."amount" - COALESCE("t22"."settled", CAST(0 AS DECIMAL(18, 4))) AS DECIMAL(18, 4)) AS "amount",
    CAST("t17"."amount" - COALESCE("t22"."settled_ever", CAST(0 AS DECIMAL(18, 4))) AS DECIMAL(18, 4)) <> CAST(0 AS DECIMAL(18, 4)) AS "never_settled"
  FROM (
    SELECT
      *
    FROM "t7" AS "t9"
    WHERE
      "t9"."recorded_at" <= "t9"."known_at"
      AND (
        (
          "t9"."superseded_at" IS NULL
        )
        OR (
          "t9"."superseded_at" > "t9"."known_at"
        )
      )
      AND "t9"."issued_on" <= "t9"."as_of"
      AND "t9"."kind" IN ('invoice', 'retention', 'unbilled_delivery')
  ) AS "t17"
  LEFT OUTER JOIN (
    SELECT
      "t15"."item_id",
      SUM("t15"."amount") FILTER(WHERE
        "t15"."cleared_on" <= "t15"."as_of") AS "settled",
      SUM("t15"."amount") FILTER(WHERE
        "t15"."cleared_on" IS NOT NULL) AS "settled_ever"
    FROM (
      SELECT
        *
      FROM "t8" AS "t10"
      WHERE
        "t10"."recorded_at" <= "t10"."known_at"
        AND (
          (
            "t10"."superseded_at" IS NULL
          )
          OR (
            "t10"."superseded_at" > "t10"."known_at"
          )
        )
    ) AS "t15"
    GROUP BY
      1
  ) AS "t22"
    ON "t17"."item_id" = "t22"."item_id"
), "t32" AS (
  SELECT
    "t31"."settlement_id",
    "t31"."item_id",
    "t31"."matures_on",
    "t31"."promised",
    "t31"."buyer_id",
    "t31"."currency",
    "t31"."kind",
    "t31"."disputed",
    "t31"."issued_on",
    "t31"."due_on",
    "t31"."recognised_on",
    "t31"."amount",
    "t31"."never_settled",
    CAST(SUM("t31"."promised") OVER (
      PARTITION BY "t31"."item_id"
      ORDER BY "t31"."matures_on" ASC, "t31"."settlement_id" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS DECIMAL(18, 4)) AS "promised_so_far"
  FROM (
    SELECT
      "t18"."settlement_id",
      "t18"."item_id",
      "t18"."matures_on",
      "t18"."promised",
      "t30"."buyer_id",
      "t30"."currency",
      "t30"."kind",
      "t30"."disputed",
      "t30"."issued_on",
      "t30"."due_on",
      "t30"."recognised_on",
      "t30"."amount",
      "t30"."never_settled"
    FROM (
      SELECT
        "t10"."settlement_id",
        "t10"."item_id",
        "t10"."matures_on",
        "t10"."amount" AS "promised"
      FROM "t8" AS "t10"
      WHERE
        "t10"."recorded_at" <= "t10"."known_at"
        AND (
          (
            "t10"."superseded_at" IS NULL
          )
          OR (
            "t10"."superseded_at" > "t10"."known_at"
          )
        )
        AND "t10"."kind" IN ('bank_acceptance', 'commercial_acceptance', 'electronic_receivable')
        AND "t10"."effective_on" <= "t10"."as_of"
        AND (
          (
            "t10"."cleared_on" IS NULL
          ) OR (
            "t10"."cleared_on" > "t10"."as_of"
          )
        )
        AND (
          (
            "t10"."dishonoured_on" IS NULL
          )
          OR (
            "t10"."dishonoured_on" > "t10"."as_of"
          )
        )
    ) AS "t18"
    INNER JOIN (
      SELECT
        *
      FROM "t24" AS "t26"
      WHERE
        "t26"."amount" <> CAST(0 AS DECIMAL(18, 4))
        AND "t26"."kind" IN ('invoice', 'retention')
        AND "t26"."amount" > 0
    ) AS "t30"
      ON "t18"."item_id" = "t30"."item_id"
  ) AS "t31"
)
SELECT
  *
FROM (
  SELECT
    "t23"."item_id",
    "t23"."buyer_id",
    "t23"."currency",
    "t23"."kind",
    "t23"."disputed",
    "t23"."issued_on",
    "t23"."recognised_on",
    "t23"."never_settled",
    "t23"."amount",
    CAST(NULL AS DATE) AS "ages_from",
    FALSE AS "under_bill",
    TRUE AS "is_item"
  FROM (
    SELECT
      "t16"."item_id",
      "t16"."buyer_id",
      "t16"."currency",
      "t16"."kind",
      "t16"."disputed",
      "t16"."issued_on",
      "t16"."due_on",
      "t16"."recognised_on",
      CAST("t16"."amount" - COALESCE("t20"."used", CAST(0 AS DECIMAL(18, 4))) AS DECIMAL(18, 4)) AS "amount",
      FALSE AS "never_settled"
    FROM (
      SELECT
        *
      FROM "t7" AS "t9"
      WHERE
        "t9"."recorded_at" <= "t9"."known_at"
        AND (
          (
            "t9"."superseded_at" IS NULL
          )
          OR (
            "t9"."superseded_at" > "t9"."known_at"
          )
        )
        AND "t9"."issued_on" <= "t9"."as_of"
        AND "t9"."kind" IN ('credit_note', 'receipt')
    ) AS "t16"
    LEFT OUTER JOIN (
      SELECT
        "t13"."source_item_id" AS "item_id",
        SUM("t13"."amount") AS "used"
      FROM (
        SELECT
          *
        FROM "t8" AS "t10"
        WHERE
          "t10"."recorded_at" <= "t10"."known_at"
          AND (
            (
              "t10"."superseded_at" IS NULL
            )
            OR (
              "t10"."superseded_at" > "t10"."known_at"
            )
          )
          AND "t10"."source_item_id" IS NOT NULL
          AND "t10"."effective_on" <= "t10"."as_of"
      ) AS "t13"
      GROUP BY
        1
    ) AS "t20"
      ON "t16"."item_id" = "t20"."item_id"
  ) AS "t23"
  WHERE
    "t23"."amount" <> CAST(0 AS DECIMAL(18, 4))
) AS "t25"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t29"."item_id",
      "t29"."buyer_id",
      "t29"."currency",
      "t29"."kind",
      "t29"."disputed",
      "t29"."issued_on",
      "t29"."recognised_on",
      "t29"."never_settled",
      CAST("t29"."amount" - COALESCE("t37"."covered", CAST(0 AS DECIMAL(18, 4))) AS DECIMAL(18, 4)) AS "amount",
      "t29"."due_on" AS "ages_from",
      FALSE AS "under_bill",
      TRUE AS "is_item"
    FROM (
      SELECT
        *
      FROM "t24" AS "t26"
      WHERE
        "t26"."amount" <> CAST(0 AS DECIMAL(18, 4))
    ) AS "t29"
    LEFT OUTER JOIN (
      SELECT
        "t35"."item_id",
        SUM("t35"."part") AS "covered"
      FROM (
        SELECT
          "t33"."settlement_id",
          "t33"."item_id",
          "t33"."matures_on",
          "t33"."promised",
          "t33"."buyer_id",
          "t33"."currency",
          "t33"."kind",
          "t33"."disputed",
          "t33"."issued_on",
          "t33"."due_on",
          "t33"."recognised_on",
          "t33"."amount",
          "t33"."never_settled",
          "t33"."promised_so_far",
          GREATEST(
            LEAST(
              "t33"."promised",
              "t33"."amount" - (
                "t33"."promised_so_far" - "t33"."promised"
              )
            ),
            CAST(0 AS DECIMAL(18, 4))
          ) AS "part"
        FROM "t32" AS "t33"
        WHERE
          GREATEST(
            LEAST(
              "t33"."promised",
              "t33"."amount" - (
                "t33"."promised_so_far" - "t33"."promised"
              )
            ),
            CAST(0 AS DECIMAL(18, 4))
          ) > 0
      ) AS "t35"
      GROUP BY
        1
    ) AS "t37"
      ON "t29"."item_id" = "t37"."item_id"
  ) AS "t38"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t33"."item_id",
      "t33"."buyer_id",
      "t33"."currency",
      "t33"."kind",
      "t33"."disputed",
      "t33"."issued_on",
      "t33"."recognised_on",
      "t33"."never_settled",
      GREATEST(
        LEAST(
          "t33"."promised",
          "t33"."amount" - (
            "t33"."promised_so_far" - "t33"."promised"
          )
        ),
        CAST(0 AS DECIMAL(18, 4))
      ) AS "amount",
      CASE
        WHEN "t33"."due_on" IS NULL
        THEN CAST(NULL AS DATE)
        ELSE GREATEST("t33"."due_on", COALESCE("t33"."matures_on", "t33"."due_on"))
      END AS "ages_from",
      TRUE AS "under_bill",
      FALSE AS "is_item"
    FROM "t32" AS "t33"
    WHERE
      GREATEST(
        LEAST(
          "t33"."promised",
          "t33"."amount" - (
            "t33"."promised_so_far" - "t33"."promised"
          )
        ),
        CAST(0 AS DECIMAL(18, 4))
      ) > 0
  ) AS "t34"
) AS "t39"
