WITH "t34" AS (
  SELECT
    "t27"."item_id",
    "t27"."buyer_id",
    "t27"."kind",
    "t27"."number",
    "t27"."currency",
    "t27"."amount",
    "t27"."issued_on",
    "t27"."due_on",
    "t27"."original_due_on",
    "t27"."recognised_on",
    "t27"."disputed",
    "t27"."recorded_at",
    "t27"."superseded_at",
    "t27"."as_of",
    "t27"."known_at",
    "t32"."item_id" AS "item_id_right",
    "t32"."settled"
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
        "t15"."as_of",
        "t15"."known_at"
      FROM "items" AS "t5"
      CROSS JOIN (
        SELECT
          *
        FROM "clock" AS "t1"
      ) AS "t15"
    ) AS "t18"
    WHERE
      "t18"."recorded_at" <= "t18"."known_at"
      AND (
        (
          "t18"."superseded_at" IS NULL
        )
        OR (
          "t18"."superseded_at" > "t18"."known_at"
        )
      )
      AND "t18"."issued_on" <= "t18"."as_of"
      AND "t18"."kind" IN ('invoice', 'retention', 'unbilled_delivery')
  ) AS "t27"
  LEFT OUTER JOIN (
    SELECT
      "t25"."item_id",
      CAST(SUM("t25"."amount") AS DECIMAL(18, 4)) AS "settled"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t8"."settlement_id",
          "t8"."item_id",
          "t8"."source_item_id",
          "t8"."kind",
          "t8"."amount",
          "t8"."effective_on",
          "t8"."cleared_on",
          "t8"."matures_on",
          "t8"."dishonoured_on",
          "t8"."derived",
          "t8"."recorded_at",
          "t8"."superseded_at",
          "t15"."as_of",
          "t15"."known_at"
        FROM "settlements" AS "t8"
        CROSS JOIN (
          SELECT
            *
          FROM "clock" AS "t1"
        ) AS "t15"
      ) AS "t20"
      WHERE
        "t20"."recorded_at" <= "t20"."known_at"
        AND (
          (
            "t20"."superseded_at" IS NULL
          )
          OR (
            "t20"."superseded_at" > "t20"."known_at"
          )
        )
        AND "t20"."cleared_on" <= "t20"."as_of"
    ) AS "t25"
    GROUP BY
      1
  ) AS "t32"
    ON "t27"."item_id" = "t32"."item_id"
), "t42" AS (
  SELECT
    "t41"."item_id",
    "t41"."buyer_id",
    "t41"."currency",
    "t41"."kind",
    "t41"."disputed",
    "t41"."issued_on",
    "t41"."due_on",
    "t41"."recognised_on",
    "t41"."amount",
    "t41"."settlement_id",
    "t41"."matures_on",
    "t41"."promised",
    CAST(SUM("t41"."promised") OVER (
      PARTITION BY "t41"."item_id"
      ORDER BY "t41"."matures_on" ASC, "t41"."settlement_id" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS DECIMAL(18, 4)) AS "promised_so_far"
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
      "t28"."settlement_id",
      "t28"."matures_on",
      "t28"."promised"
    FROM (
      SELECT
        "t35"."item_id",
        "t35"."buyer_id",
        "t35"."currency",
        "t35"."kind",
        "t35"."disputed",
        "t35"."issued_on",
        "t35"."due_on",
        "t35"."recognised_on",
        "t35"."amount" - COALESCE("t35"."settled", CAST(0 AS DECIMAL(18, 4))) AS "amount"
      FROM "t34" AS "t35"
      WHERE
        (
          (
            "t35"."settled" IS NULL
          ) OR (
            "t35"."amount" <> "t35"."settled"
          )
        )
        AND "t35"."kind" IN ('invoice', 'retention')
        AND (
          "t35"."amount" - COALESCE("t35"."settled", CAST(0 AS DECIMAL(18, 4)))
        ) > 0
    ) AS "t40"
    INNER JOIN (
      SELECT
        "t19"."settlement_id",
        "t19"."item_id",
        "t19"."matures_on",
        "t19"."amount" AS "promised"
      FROM (
        SELECT
          "t13"."settlement_id",
          "t13"."item_id",
          "t13"."source_item_id",
          "t13"."kind",
          "t13"."amount",
          "t13"."effective_on",
          "t13"."cleared_on",
          "t13"."matures_on",
          "t13"."dishonoured_on",
          "t13"."derived",
          "t13"."recorded_at",
          "t13"."superseded_at",
          "t15"."as_of",
          "t15"."known_at"
        FROM "settlements" AS "t13"
        CROSS JOIN (
          SELECT
            *
          FROM "clock" AS "t1"
        ) AS "t15"
      ) AS "t19"
      WHERE
        "t19"."recorded_at" <= "t19"."known_at"
        AND (
          (
            "t19"."superseded_at" IS NULL
          )
          OR (
            "t19"."superseded_at" > "t19"."known_at"
          )
        )
        AND "t19"."kind" IN ('bank_acceptance', 'commercial_acceptance', 'electronic_receivable')
        AND "t19"."effective_on" <= "t19"."as_of"
        AND (
          (
            "t19"."cleared_on" IS NULL
          ) OR (
            "t19"."cleared_on" > "t19"."as_of"
          )
        )
        AND (
          (
            "t19"."dishonoured_on" IS NULL
          )
          OR (
            "t19"."dishonoured_on" > "t19"."as_of"
          )
        )
    ) AS "t28"
      ON "t40"."item_id" = "t28"."item_id"
  ) AS "t41"
)
SELECT
  *
FROM (
  SELECT
    "t55"."buyer_id",
    "t14"."name",
    "t14"."country",
    "t55"."currency",
    "t55"."open_total",
    "t55"."not_due",
    "t55"."d1_30",
    "t55"."d31_60",
    "t55"."d61_90",
    "t55"."d91_120",
    "t55"."d121_180",
    "t55"."d181_365",
    "t55"."d_gt_365",
    "t55"."overdue",
    "t55"."disputed",
    "t55"."under_bills",
    "t55"."credits",
    "t55"."unapplied",
    "t55"."unbilled",
    "t55"."net",
    "t55"."oldest_due_on",
    "t55"."max_days_overdue",
    "t55"."open_items",
    "t55"."r_lt_1y",
    "t55"."r_1_2y",
    "t55"."r_2_3y",
    "t55"."r_gt_3y"
  FROM (
    SELECT
      "t53"."buyer_id",
      "t53"."currency",
      "t53"."open_total",
      "t53"."not_due",
      "t53"."d1_30",
      "t53"."d31_60",
      "t53"."d61_90",
      "t53"."d91_120",
      "t53"."d121_180",
      "t53"."d181_365",
      "t53"."d_gt_365",
      "t53"."disputed",
      "t53"."under_bills",
      "t53"."credits",
      "t53"."unapplied",
      "t53"."unbilled",
      "t53"."oldest_due_on",
      "t53"."max_days_overdue",
      "t53"."open_items",
      "t53"."r_lt_1y",
      "t53"."r_1_2y",
      "t53"."r_2_3y",
      "t53"."r_gt_3y",
      "t53"."open_total" - "t53"."not_due" AS "overdue",
      (
        "t53"."open_total" - "t53"."credits"
      ) - "t53"."unapplied" AS "net"
    FROM (
      SELECT
        "t52"."buyer_id",
        "t52"."currency",
        COALESCE(
          SUM("t52"."amount") FILTER(WHERE
            "t52"."kind" IN ('invoice', 'retention')),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "open_total",
        COALESCE(
          SUM("t52"."amount") FILTER(WHERE
            "t52"."kind" IN ('invoice', 'retention')
            AND (
              (
                DATE_DIFF('DAY', "t52"."ages_from", "t52"."as_of") IS NULL
              )
              OR (
                DATE_DIFF('DAY', "t52"."ages_from", "t52"."as_of") <= 0
              )
            )),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "not_due",
        COALESCE(
          SUM("t52"."amount") FILTER(WHERE
            "t52"."kind" IN ('invoice', 'retention')
            AND DATE_DIFF('DAY', "t52"."ages_from", "t52"."as_of") BETWEEN 1 AND 30),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "d1_30",
        COALESCE(
          SUM("t52"."amount") FILTER(WHERE
            "t52"."kind" IN ('invoice', 'retention')
            AND DATE_DIFF('DAY', "t52"."ages_from", "t52"."as_of") BETWEEN 31 AND 60),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "d31_60",
        COALESCE(
          SUM("t52"."amount") FILTER(WHERE
            "t52"."kind" IN ('invoice', 'retention')
            AND DATE_DIFF('DAY', "t52"."ages_from", "t52"."as_of") BETWEEN 61 AND 90),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "d61_90",
        COALESCE(
          SUM("t52"."amount") FILTER(WHERE
            "t52"."kind" IN ('invoice', 'retention')
            AND DATE_DIFF('DAY', "t52"."ages_from", "t52"."as_of") BETWEEN 91 AND 120),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "d91_120",
        COALESCE(
          SUM("t52"."amount") FILTER(WHERE
            "t52"."kind" IN ('invoice', 'retention')
            AND DATE_DIFF('DAY', "t52"."ages_from", "t52"."as_of") BETWEEN 121 AND 180),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "d121_180",
        COALESCE(
          SUM("t52"."amount") FILTER(WHERE
            "t52"."kind" IN ('invoice', 'retention')
            AND DATE_DIFF('DAY', "t52"."ages_from", "t52"."as_of") BETWEEN 181 AND 365),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "d181_365",
        COALESCE(
          SUM("t52"."amount") FILTER(WHERE
            "t52"."kind" IN ('invoice', 'retention')
            AND (
              DATE_DIFF('DAY', "t52"."ages_from", "t52"."as_of") >= 366
            )),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "d_gt_365",
        COALESCE(
          SUM("t52"."amount") FILTER(WHERE
            "t52"."kind" IN ('invoice', 'retention') AND "t52"."disputed"),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "disputed",
        COALESCE(
          SUM("t52"."amount") FILTER(WHERE
            "t52"."kind" IN ('invoice', 'retention') AND "t52"."under_bill"),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "under_bills",
        COALESCE(
          SUM("t52"."amount") FILTER(WHERE
            "t52"."kind" = 'credit_note'),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "credits",
        COALESCE(
          SUM("t52"."amount") FILTER(WHERE
            "t52"."kind" = 'receipt'),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "unapplied",
        COALESCE(
          SUM("t52"."amount") FILTER(WHERE
            "t52"."kind" = 'unbilled_delivery'),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "unbilled",
        MIN("t52"."ages_from") FILTER(WHERE
          "t52"."kind" IN ('invoice', 'retention') AND (
            "t52"."amount" > 0
          )) AS "oldest_due_on",
        GREATEST(
          COALESCE(
            MAX(DATE_DIFF('DAY', "t52"."ages_from", "t52"."as_of")) FILTER(WHERE
              "t52"."kind" IN ('invoice', 'retention') AND (
                "t52"."amount" > 0
              )),
            0
          ),
          0
        ) AS "max_days_overdue",
        COUNT(*) FILTER(WHERE
          "t52"."kind" IN ('invoice', 'retention') AND "t52"."is_item") AS "open_items",
        COALESCE(
          SUM("t52"."amount") FILTER(WHERE
            "t52"."kind" IN ('invoice', 'retention')
            AND (
              "t52"."as_of" <= (
                "t52"."recognised_on" + INTERVAL '1' YEAR
              )
            )),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "r_lt_1y",
        COALESCE(
          SUM("t52"."amount") FILTER(WHERE
            "t52"."kind" IN ('invoice', 'retention')
            AND (
              (
                "t52"."as_of" > (
                  "t52"."recognised_on" + INTERVAL '1' YEAR
                )
              )
              AND (
                "t52"."as_of" <= (
                  "t52"."recognised_on" + INTERVAL '2' YEAR
                )
              )
            )),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "r_1_2y",
        COALESCE(
          SUM("t52"."amount") FILTER(WHERE
            "t52"."kind" IN ('invoice', 'retention')
            AND (
              (
                "t52"."as_of" > (
                  "t52"."recognised_on" + INTERVAL '2' YEAR
                )
              )
              AND (
                "t52"."as_of" <= (
                  "t52"."recognised_on" + INTERVAL '3' YEAR
                )
              )
            )),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "r_2_3y",
        COALESCE(
          SUM("t52"."amount") FILTER(WHERE
            "t52"."kind" IN ('invoice', 'retention')
            AND (
              "t52"."as_of" > (
                "t52"."recognised_on" + INTERVAL '3' YEAR
              )
            )),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "r_gt_3y"
      FROM (
        SELECT
          "t51"."item_id",
          "t51"."buyer_id",
          "t51"."currency",
          "t51"."kind",
          "t51"."disputed",
          "t51"."issued_on",
          "t51"."recognised_on",
          "t51"."amount",
          "t51"."ages_from",
          "t51"."under_bill",
          "t51"."is_item",
          "t15"."as_of",
          "t15"."known_at"
        FROM (
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
              "t33"."amount" - COALESCE("t33"."used", CAST(0 AS DECIMAL(18, 4))) AS "amount",
              CAST(NULL AS DATE) AS "ages_from",
              FALSE AS "under_bill",
              TRUE AS "is_item"
            FROM (
              SELECT
                "t26"."item_id",
                "t26"."buyer_id",
                "t26"."kind",
                "t26"."number",
                "t26"."currency",
                "t26"."amount",
                "t26"."issued_on",
                "t26"."due_on",
                "t26"."original_due_on",
                "t26"."recognised_on",
                "t26"."disputed",
                "t26"."recorded_at",
                "t26"."superseded_at",
                "t26"."as_of",
                "t26"."known_at",
                "t31"."item_id" AS "item_id_right",
                "t31"."used"
              FROM (
                SELECT
                  *
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
                    "t15"."as_of",
                    "t15"."known_at"
                  FROM "items" AS "t11"
                  CROSS JOIN (
                    SELECT
                      *
                    FROM "clock" AS "t1"
                  ) AS "t15"
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
                  AND "t16"."issued_on" <= "t16"."as_of"
                  AND "t16"."kind" IN ('credit_note', 'receipt')
              ) AS "t26"
              LEFT OUTER JOIN (
                SELECT
                  "t22"."source_item_id" AS "item_id",
                  CAST(SUM("t22"."amount") AS DECIMAL(18, 4)) AS "used"
                FROM (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t12"."settlement_id",
                      "t12"."item_id",
                      "t12"."source_item_id",
                      "t12"."kind",
                      "t12"."amount",
                      "t12"."effective_on",
                      "t12"."cleared_on",
                      "t12"."matures_on",
                      "t12"."dishonoured_on",
                      "t12"."derived",
                      "t12"."recorded_at",
                      "t12"."superseded_at",
                      "t15"."as_of",
                      "t15"."known_at"
                    FROM "settlements" AS "t12"
                    CROSS JOIN (
                      SELECT
                        *
                      FROM "clock" AS "t1"
                    ) AS "t15"
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
                    AND "t17"."source_item_id" IS NOT NULL
                    AND "t17"."effective_on" <= "t17"."as_of"
                ) AS "t22"
                GROUP BY
                  1
              ) AS "t31"
                ON "t26"."item_id" = "t31"."item_id"
            ) AS "t33"
            WHERE
              (
                "t33"."used" IS NULL
              ) OR (
                "t33"."amount" <> "t33"."used"
              )
          ) AS "t36"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t39"."item_id",
                "t39"."buyer_id",
                "t39"."currency",
                "t39"."kind",
                "t39"."disputed",
                "t39"."issued_on",
                "t39"."recognised_on",
                CAST("t39"."amount" - COALESCE("t47"."covered", CAST(0 AS DECIMAL(18, 4))) AS DECIMAL(18, 4)) AS "amount",
                "t39"."due_on" AS "ages_from",
                FALSE AS "under_bill",
                TRUE AS "is_item"
              FROM (
                SELECT
                  "t35"."item_id",
                  "t35"."buyer_id",
                  "t35"."currency",
                  "t35"."kind",
                  "t35"."disputed",
                  "t35"."issued_on",
                  "t35"."due_on",
                  "t35"."recognised_on",
                  "t35"."amount" - COALESCE("t35"."settled", CAST(0 AS DECIMAL(18, 4))) AS "amount"
                FROM "t34" AS "t35"
                WHERE
                  (
                    "t35"."settled" IS NULL
                  ) OR (
                    "t35"."amount" <> "t35"."settled"
                  )
              ) AS "t39"
              LEFT OUTER JOIN (
                SELECT
                  "t45"."item_id",
                  SUM("t45"."part") AS "covered"
                FROM (
                  SELECT
                    "t43"."item_id",
                    "t43"."buyer_id",
                    "t43"."currency",
                    "t43"."kind",
                    "t43"."disputed",
                    "t43"."issued_on",
                    "t43"."due_on",
                    "t43"."recognised_on",
                    "t43"."amount",
                    "t43"."settlement_id",
                    "t43"."matures_on",
                    "t43"."promised",
                    "t43"."promised_so_far",
                    GREATEST(
                      LEAST(
                        "t43"."promised",
                        "t43"."amount" - (
                          "t43"."promised_so_far" - "t43"."promised"
                        )
                      ),
                      CAST(0 AS DECIMAL(18, 4))
                    ) AS "part"
                  FROM "t42" AS "t43"
                  WHERE
                    GREATEST(
                      LEAST(
                        "t43"."promised",
                        "t43"."amount" - (
                          "t43"."promised_so_far" - "t43"."promised"
                        )
                      ),
                      CAST(0 AS DECIMAL(18, 4))
                    ) > 0
                ) AS "t45"
                GROUP BY
                  1
              ) AS "t47"
                ON "t39"."item_id" = "t47"."item_id"
            ) AS "t48"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t43"."item_id",
                "t43"."buyer_id",
                "t43"."currency",
                "t43"."kind",
                "t43"."disputed",
                "t43"."issued_on",
                "t43"."recognised_on",
                GREATEST(
                  LEAST(
                    "t43"."promised",
                    "t43"."amount" - (
                      "t43"."promised_so_far" - "t43"."promised"
                    )
                  ),
                  CAST(0 AS DECIMAL(18, 4))
                ) AS "amount",
                CASE
                  WHEN "t43"."due_on" IS NULL
                  THEN CAST(NULL AS DATE)
                  ELSE GREATEST("t43"."due_on", COALESCE("t43"."matures_on", "t43"."due_on"))
                END AS "ages_from",
                TRUE AS "under_bill",
                FALSE AS "is_item"
              FROM "t42" AS "t43"
              WHERE
                GREATEST(
                  LEAST(
                    "t43"."promised",
                    "t43"."amount" - (
                      "t43"."promised_so_far" - "t43"."promised"
                    )
                  ),
                  CAST(0 AS DECIMAL(18, 4))
                ) > 0
            ) AS "t44"
          ) AS "t49"
        ) AS "t51"
        CROSS JOIN (
          SELECT
            *
          FROM "clock" AS "t1"
        ) AS "t15"
      ) AS "t52"
      GROUP BY
        1,
        2
    ) AS "t53"
  ) AS "t55"
  LEFT OUTER JOIN (
    SELECT
      "t0"."buyer_id",
      "t0"."name",
      "t0"."country"
    FROM "buyers" AS "t0"
  ) AS "t14"
    ON "t55"."buyer_id" = "t14"."buyer_id"
) AS "t56"
ORDER BY
  "t56"."currency" ASC,
  "t56"."open_total" DESC,
  "t56"."buyer_id" ASC
