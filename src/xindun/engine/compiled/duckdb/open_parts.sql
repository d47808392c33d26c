WITH "t25" AS (
  SELECT
    "t23"."item_id",
    "t23"."buyer_id",
    "t23"."currency",
    "t23"."kind",
    "t23"."disputed",
    "t23"."issued_on",
    "t23"."due_on",
    "t23"."recognised_on",
    "t23"."amount",
    "t23"."settlement_id",
    "t23"."matures_on",
    "t23"."promised",
    CAST(SUM("t23"."promised") OVER (
      PARTITION BY "t23"."item_id"
      ORDER BY "t23"."matures_on" ASC, "t23"."settlement_id" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS DECIMAL(18, 4)) AS "promised_so_far"
  FROM (
    SELECT
      "t12"."item_id",
      "t12"."buyer_id",
      "t12"."currency",
      "t12"."kind",
      "t12"."disputed",
      "t12"."issued_on",
      "t12"."due_on",
      "t12"."recognised_on",
      "t12"."amount",
      "t20"."settlement_id",
      "t20"."matures_on",
      "t20"."promised"
    FROM (
      SELECT
        *
      FROM "open_debts" AS "t0"
      WHERE
        "t0"."kind" IN ('invoice', 'retention') AND "t0"."amount" > 0
    ) AS "t12"
    INNER JOIN (
      SELECT
        "t15"."settlement_id",
        "t15"."item_id",
        "t15"."matures_on",
        "t15"."amount" AS "promised"
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
          "t11"."as_of",
          "t11"."known_at"
        FROM "settlements" AS "t7"
        CROSS JOIN (
          SELECT
            *
          FROM "clock" AS "t2"
        ) AS "t11"
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
        AND "t15"."kind" IN ('bank_acceptance', 'commercial_acceptance', 'electronic_receivable')
        AND "t15"."effective_on" <= "t15"."as_of"
        AND (
          (
            "t15"."cleared_on" IS NULL
          ) OR (
            "t15"."cleared_on" > "t15"."as_of"
          )
        )
        AND (
          (
            "t15"."dishonoured_on" IS NULL
          )
          OR (
            "t15"."dishonoured_on" > "t15"."as_of"
          )
        )
    ) AS "t20"
      ON "t12"."item_id" = "t20"."item_id"
  ) AS "t23"
)
SELECT
  *
FROM (
  SELECT
    "t24"."item_id",
    "t24"."buyer_id",
    "t24"."currency",
    "t24"."kind",
    "t24"."disputed",
    "t24"."issued_on",
    "t24"."recognised_on",
    "t24"."amount" - COALESCE("t24"."used", CAST(0 AS DECIMAL(18, 4))) AS "amount",
    CAST(NULL AS DATE) AS "ages_from",
    FALSE AS "under_bill",
    TRUE AS "is_item"
  FROM (
    SELECT
      "t19"."item_id",
      "t19"."buyer_id",
      "t19"."kind",
      "t19"."number",
      "t19"."currency",
      "t19"."amount",
      "t19"."issued_on",
      "t19"."due_on",
      "t19"."original_due_on",
      "t19"."recognised_on",
      "t19"."disputed",
      "t19"."recorded_at",
      "t19"."superseded_at",
      "t19"."as_of",
      "t19"."known_at",
      "t22"."item_id" AS "item_id_right",
      "t22"."used"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t5"."item_id",
          "t5"."buyer_id",
          "t5"."kind",
          "t5"."number",
          "t5"."currency",
          "t5"."amount",
          "t5"."issued_on",
          "t5"."due_on",
          "t5"."original_due_on",
          "t5"."recognised_on",
          "t5"."disputed",
          "t5"."recorded_at",
          "t5"."superseded_at",
          "t11"."as_of",
          "t11"."known_at"
        FROM "items" AS "t5"
        CROSS JOIN (
          SELECT
            *
          FROM "clock" AS "t2"
        ) AS "t11"
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
    ) AS "t19"
    LEFT OUTER JOIN (
      SELECT
        "t17"."source_item_id" AS "item_id",
        CAST(SUM("t17"."amount") AS DECIMAL(18, 4)) AS "used"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t9"."settlement_id",
            "t9"."item_id",
            "t9"."source_item_id",
            "t9"."kind",
            "t9"."amount",
            "t9"."effective_on",
            "t9"."cleared_on",
            "t9"."matures_on",
            "t9"."dishonoured_on",
            "t9"."derived",
            "t9"."recorded_at",
            "t9"."superseded_at",
            "t11"."as_of",
            "t11"."known_at"
          FROM "settlements" AS "t9"
          CROSS JOIN (
            SELECT
              *
            FROM "clock" AS "t2"
          ) AS "t11"
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
      ) AS "t17"
      GROUP BY
        1
    ) AS "t22"
      ON "t19"."item_id" = "t22"."item_id"
  ) AS "t24"
  WHERE
    (
      "t24"."used" IS NULL
    ) OR (
      "t24"."amount" <> "t24"."used"
    )
) AS "t27"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t4"."item_id",
      "t4"."buyer_id",
      "t4"."currency",
      "t4"."kind",
      "t4"."disputed",
      "t4"."issued_on",
      "t4"."recognised_on",
      CAST("t4"."amount" - COALESCE("t31"."covered", CAST(0 AS DECIMAL(18, 4))) AS DECIMAL(18, 4)) AS "amount",
      "t4"."due_on" AS "ages_from",
      FALSE AS "under_bill",
      TRUE AS "is_item"
    FROM "open_debts" AS "t4"
    LEFT OUTER JOIN (
      SELECT
        "t29"."item_id",
        SUM("t29"."part") AS "covered"
      FROM (
        SELECT
          "t26"."item_id",
          "t26"."buyer_id",
          "t26"."currency",
          "t26"."kind",
          "t26"."disputed",
          "t26"."issued_on",
          "t26"."due_on",
          "t26"."recognised_on",
          "t26"."amount",
          "t26"."settlement_id",
          "t26"."matures_on",
          "t26"."promised",
          "t26"."promised_so_far",
          GREATEST(
            LEAST(
              "t26"."promised",
              "t26"."amount" - (
                "t26"."promised_so_far" - "t26"."promised"
              )
            ),
            CAST(0 AS DECIMAL(18, 4))
          ) AS "part"
        FROM "t25" AS "t26"
        WHERE
          GREATEST(
            LEAST(
              "t26"."promised",
              "t26"."amount" - (
                "t26"."promised_so_far" - "t26"."promised"
              )
            ),
            CAST(0 AS DECIMAL(18, 4))
          ) > 0
      ) AS "t29"
      GROUP BY
        1
    ) AS "t31"
      ON "t4"."item_id" = "t31"."item_id"
  ) AS "t32"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      "t26"."item_id",
      "t26"."buyer_id",
      "t26"."currency",
      "t26"."kind",
      "t26"."disputed",
      "t26"."issued_on",
      "t26"."recognised_on",
      GREATEST(
        LEAST(
          "t26"."promised",
          "t26"."amount" - (
            "t26"."promised_so_far" - "t26"."promised"
          )
        ),
        CAST(0 AS DECIMAL(18, 4))
      ) AS "amount",
      CASE
        WHEN "t26"."due_on" IS NULL
        THEN CAST(NULL AS DATE)
        ELSE GREATEST("t26"."due_on", COALESCE("t26"."matures_on", "t26"."due_on"))
      END AS "ages_from",
      TRUE AS "under_bill",
      FALSE AS "is_item"
    FROM "t25" AS "t26"
    WHERE
      GREATEST(
        LEAST(
          "t26"."promised",
          "t26"."amount" - (
            "t26"."promised_so_far" - "t26"."promised"
          )
        ),
        CAST(0 AS DECIMAL(18, 4))
      ) > 0
  ) AS "t28"
) AS "t33"
