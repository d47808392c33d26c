WITH "t31" AS (
  SELECT
    "t24"."item_id",
    "t24"."buyer_id",
    "t24"."kind",
    "t24"."number",
    "t24"."currency",
    "t24"."amount",
    "t24"."issued_on",
    "t24"."due_on",
    "t24"."original_due_on",
    "t24"."recognised_on",
    "t24"."disputed",
    "t24"."recorded_at",
    "t24"."superseded_at",
    "t24"."as_of",
    "t24"."known_at",
    "t29"."item_id" AS "item_id_right",
    "t29"."settled"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t4"."item_id",
        "t4"."buyer_id",
        "t4"."kind",
        "t4"."number",
        "t4"."currency",
        "t4"."amount",
        "t4"."issued_on",
        "t4"."due_on",
        "t4"."original_due_on",
        "t4"."recognised_on",
        "t4"."disputed",
        "t4"."recorded_at",
        "t4"."superseded_at",
        "t12"."as_of",
        "t12"."known_at"
      FROM "items" AS "t4"
      CROSS JOIN (
        SELECT
          *
        FROM "clock" AS "t1"
      ) AS "t12"
    ) AS "t15"
    WHERE
      "t15"."recorded_at" <= "t15"."known_at"
      AND (
        (
          "t15"."superseded_at" IS NULL
        )
        OR (
          "t15"."superseded_at" > "t15"."known_at"
        )
      )
      AND "t15"."issued_on" <= "t15"."as_of"
      AND "t15"."kind" IN ('invoice', 'retention', 'unbilled_delivery')
  ) AS "t24"
  LEFT OUTER JOIN (
    SELECT
      "t22"."item_id",
      CAST(SUM("t22"."amount") AS DECIMAL(18, 4)) AS "settled"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t7"."settlement_id",
          "t7"."item_id",
          "t7"."source_item_id",
          "t7"."kind",
          "t7"."amount",
          "t7"."effective_on",
          "t7"."cleared_on",
          "t7"."matures_on",
          "t7"."dishonoured_on",
          "t7"."derived",
          "t7"."recorded_at",
          "t7"."superseded_at",
          "t12"."as_of",
          "t12"."known_at"
        FROM "settlements" AS "t7"
        CROSS JOIN (
          SELECT
            *
          FROM "clock" AS "t1"
        ) AS "t12"
      ) AS "t17"
      WHERE
        "t17"."recorded_at" <= "t17"."known_at"
        AND (
          (
            "t17"."superseded_at" IS NULL
          )
          OR (
            "t17"."superseded_at" > "t17"."known_at"
          )
        )
        AND "t17"."cleared_on" <= "t17"."as_of"
    ) AS "t22"
    GROUP BY
      1
  ) AS "t29"
    ON "t24"."item_id" = "t29"."item_id"
), "t39" AS (
  SELECT
    "t38"."item_id",
    "t38"."buyer_id",
    "t38"."currency",
    "t38"."kind",
    "t38"."disputed",
    "t38"."issued_on",
    "t38"."due_on",
    "t38"."recognised_on",
    "t38"."amount",
    "t38"."settlement_id",
    "t38"."matures_on",
    "t38"."promised",
    CAST(SUM("t38"."promised") OVER (
      PARTITION BY "t38"."item_id"
      ORDER BY "t38"."matures_on" ASC, "t38"."settlement_id" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS DECIMAL(18, 4)) AS "promised_so_far"
  FROM (
    SELECT
      "t37"."item_id",
      "t37"."buyer_id",
      "t37"."currency",
      "t37"."kind",
      "t37"."disputed",
      "t37"."issued_on",
      "t37"."due_on",
      "t37"."recognised_on",
      "t37"."amount",
      "t25"."settlement_id",
      "t25"."matures_on",
      "t25"."promised"
    FROM (
      SELECT
        "t32"."item_id",
        "t32"."buyer_id",
        "t32"."currency",
        "t32"."kind",
        "t32"."disputed",
        "t32"."issued_on",
        "t32"."due_on",
        "t32"."recognised_on",
        "t32"."amount" - COALESCE("t32"."settled", CAST(0 AS DECIMAL(18, 4))) AS "amount"
      FROM "t31" AS "t32"
      WHERE
        (
          (
            "t32"."settled" IS NULL
          ) OR (
            "t32"."amount" <> "t32"."settled"
          )
        )
        AND "t32"."kind" IN ('invoice', 'retention')
        AND (
          "t32"."amount" - COALESCE("t32"."settled", CAST(0 AS DECIMAL(18, 4)))
        ) > 0
    ) AS "t37"
    INNER JOIN (
      SELECT
        "t16"."settlement_id",
        "t16"."item_id",
        "t16"."matures_on",
        "t16"."amount" AS "promised"
      FROM (
        SELECT
          "t11"."settlement_id",
          "t11"."item_id",
          "t11"."source_item_id",
          "t11"."kind",
          "t11"."amount",
          "t11"."effective_on",
          "t11"."cleared_on",
          "t11"."matures_on",
          "t11"."dishonoured_on",
          "t11"."derived",
          "t11"."recorded_at",
          "t11"."superseded_at",
          "t12"."as_of",
          "t12"."known_at"
        FROM "settlements" AS "t11"
        CROSS JOIN (
          SELECT
            *
          FROM "clock" AS "t1"
        ) AS "t12"
      ) AS "t16"
      WHERE
        "t16"."recorded_at" <= "t16"."known_at"
        AND (
          (
            "t16"."superseded_at" IS NULL
          )
          OR (
            "t16"."superseded_at" > "t16"."known_at"
          )
        )
        AND "t16"."kind" IN ('bank_acceptance', 'commercial_acceptance', 'electronic_receivable')
        AND "t16"."effective_on" <= "t16"."as_of"
        AND (
          (
            "t16"."cleared_on" IS NULL
          ) OR (
            "t16"."cleared_on" > "t16"."as_of"
          )
        )
        AND (
          (
            "t16"."dishonoured_on" IS NULL
          )
          OR (
            "t16"."dishonoured_on" > "t16"."as_of"
          )
        )
    ) AS "t25"
      ON "t37"."item_id" = "t25"."item_id"
  ) AS "t38"
)
SELECT
  *
FROM (
  SELECT
    "t30"."item_id",
    "t30"."buyer_id",
    "t30"."currency",
    "t30"."kind",
    "t30"."disputed",
    "t30"."issued_on",
    "t30"."recognised_on",
    "t30"."amount" - COALESCE("t30"."used", CAST(0 AS DECIMAL(18, 4))) AS "amount",
    CAST(NULL AS DATE) AS "ages_from",
    FALSE AS "under_bill",
    TRUE AS "is_item"
  FROM (
    SELECT
      "t23"."item_id",
      "t23"."buyer_id",
      "t23"."kind",
      "t23"."number",
      "t23"."currency",
      "t23"."amount",
      "t23"."issued_on",
      "t23"."due_on",
      "t23"."original_due_on",
      "t23"."recognised_on",
      "t23"."disputed",
      "t23"."recorded_at",
      "t23"."superseded_at",
      "t23"."as_of",
      "t23"."known_at",
      "t28"."item_id" AS "item_id_right",
      "t28"."used"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t8"."item_id",
          "t8"."buyer_id",
          "t8"."kind",
          "t8"."number",
          "t8"."currency",
          "t8"."amount",
          "t8"."issued_on",
          "t8"."due_on",
          "t8"."original_due_on",
          "t8"."recognised_on",
          "t8"."disputed",
          "t8"."recorded_at",
          "t8"."superseded_at",
          "t12"."as_of",
          "t12"."known_at"
        FROM "items" AS "t8"
        CROSS JOIN (
          SELECT
            *
          FROM "clock" AS "t1"
        ) AS "t12"
      ) AS "t13"
      WHERE
        "t13"."recorded_at" <= "t13"."known_at"
        AND (
          (
            "t13"."superseded_at" IS NULL
          )
          OR (
            "t13"."superseded_at" > "t13"."known_at"
          )
        )
        AND "t13"."issued_on" <= "t13"."as_of"
        AND "t13"."kind" IN ('credit_note', 'receipt')
    ) AS "t23"
    LEFT OUTER JOIN (
      SELECT
        "t19"."source_item_id" AS "item_id",
        CAST(SUM("t19"."amount") AS DECIMAL(18, 4)) AS "used"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t10"."settlement_id",
            "t10"."item_id",
            "t10"."source_item_id",
            "t10"."kind",
            "t10"."amount",
            "t10"."effective_on",
            "t10"."cleared_on",
            "t10"."matures_on",
            "t10"."dishonoured_on",
            "t10"."derived",
            "t10"."recorded_at",
            "t10"."superseded_at",
            "t12"."as_of",
            "t12"."known_at"
          FROM "settlements" AS "t10"
          CROSS JOIN (
            SELECT
              *
            FROM "clock" AS "t1"
          ) AS "t12"
        ) AS "t14"
        WHERE
          "t14"."recorded_at" <= "t14"."known_at"
          AND (
            (
              "t14"."superseded_at" IS NULL
            )
            OR (
              "t14"."superseded_at" > "t14"."known_at"
            )
          )
          AND "t14"."source_item_id" IS NOT NULL
          AND "t14"."effective_on" <= "t14"."as_of"
      ) AS "t19"
      GROUP BY
        1
    ) AS "t28"
      ON "t23"."item_id" = "t28"."item_id"
  ) AS "t30"
  WHERE
    (
      "t30"."used" IS NULL
    ) OR (
      "t30"."amount" <> "t30"."used"
    )
) AS "t33"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t36"."item_id",
      "t36"."buyer_id",
      "t36"."currency",
      "t36"."kind",
      "t36"."disputed",
      "t36"."issued_on",
      "t36"."recognised_on",
      CAST("t36"."amount" - COALESCE("t44"."covered", CAST(0 AS DECIMAL(18, 4))) AS DECIMAL(18, 4)) AS "amount",
      "t36"."due_on" AS "ages_from",
      FALSE AS "under_bill",
      TRUE AS "is_item"
    FROM (
      SELECT
        "t32"."item_id",
        "t32"."buyer_id",
        "t32"."currency",
        "t32"."kind",
        "t32"."disputed",
        "t32"."issued_on",
        "t32"."due_on",
        "t32"."recognised_on",
        "t32"."amount" - COALESCE("t32"."settled", CAST(0 AS DECIMAL(18, 4))) AS "amount"
      FROM "t31" AS "t32"
      WHERE
        (
          "t32"."settled" IS NULL
        ) OR (
          "t32"."amount" <> "t32"."settled"
        )
    ) AS "t36"
    LEFT OUTER JOIN (
      SELECT
        "t42"."item_id",
        SUM("t42"."part") AS "covered"
      FROM (
        SELECT
          "t40"."item_id",
          "t40"."buyer_id",
          "t40"."currency",
          "t40"."kind",
          "t40"."disputed",
          "t40"."issued_on",
          "t40"."due_on",
          "t40"."recognised_on",
          "t40"."amount",
          "t40"."settlement_id",
          "t40"."matures_on",
          "t40"."promised",
          "t40"."promised_so_far",
          GREATEST(
            LEAST(
              "t40"."promised",
              "t40"."amount" - (
                "t40"."promised_so_far" - "t40"."promised"
              )
            ),
            CAST(0 AS DECIMAL(18, 4))
          ) AS "part"
        FROM "t39" AS "t40"
        WHERE
          GREATEST(
            LEAST(
              "t40"."promised",
              "t40"."amount" - (
                "t40"."promised_so_far" - "t40"."promised"
              )
            ),
            CAST(0 AS DECIMAL(18, 4))
          ) > 0
      ) AS "t42"
      GROUP BY
        1
    ) AS "t44"
      ON "t36"."item_id" = "t44"."item_id"
  ) AS "t45"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t40"."item_id",
      "t40"."buyer_id",
      "t40"."currency",
      "t40"."kind",
      "t40"."disputed",
      "t40"."issued_on",
      "t40"."recognised_on",
      GREATEST(
        LEAST(
          "t40"."promised",
          "t40"."amount" - (
            "t40"."promised_so_far" - "t40"."promised"
          )
        ),
        CAST(0 AS DECIMAL(18, 4))
      ) AS "amount",
      CASE
        WHEN "t40"."due_on" IS NULL
        THEN CAST(NULL AS DATE)
        ELSE GREATEST("t40"."due_on", COALESCE("t40"."matures_on", "t40"."due_on"))
      END AS "ages_from",
      TRUE AS "under_bill",
      FALSE AS "is_item"
    FROM "t39" AS "t40"
    WHERE
      GREATEST(
        LEAST(
          "t40"."promised",
          "t40"."amount" - (
            "t40"."promised_so_far" - "t40"."promised"
          )
        ),
        CAST(0 AS DECIMAL(18, 4))
      ) > 0
  ) AS "t41"
) AS "t46"
