WITH "t10" AS (
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
    "t9"."as_of",
    "t9"."known_at"
  FROM "items" AS "t4"
  CROSS JOIN (
    SELECT
      *
    FROM "clock" AS "t1"
  ) AS "t9"
), "t11" AS (
  SELECT
    "t5"."settlement_id",
    "t5"."item_id",
    "t5"."source_item_id",
    "t5"."kind",
    "t5"."amount",
    "t5"."effective_on",
    "t5"."cleared_on",
    "t5"."matures_on",
    "t5"."dishonoured_on",
    "t5"."derived",
    "t5"."recorded_at",
    "t5"."superseded_at",
    "t9"."as_of",
    "t9"."known_at"
  FROM "settlements" AS "t5"
  CROSS JOIN (
    SELECT
      *
    FROM "clock" AS "t1"
  ) AS "t9"
), "t27" AS (
  SELECT
    "t20"."item_id",
    "t20"."buyer_id",
    "t20"."currency",
    "t20"."kind",
    "t20"."disputed",
    "t20"."issued_on",
    "t20"."due_on",
    "t20"."recognised_on",
    CAST("t20"."amount" - COALESCE("t25"."settled", CAST(0 AS DECIMAL(18, 4))) AS DECIMAL(18, 4)) AS "amount",
    CAST("t20"."amount" - COALESCE("t25"."settled_ever", CAST(0 AS DECIMAL(18, 4))) AS DECIMAL(18, 4)) <> CAST(0 AS DECIMAL(18, 4)) AS "never_settled"
  FROM (
    SELECT
      *
    FROM "t10" AS "t12"
    WHERE
      "t12"."recorded_at" <= "t12"."known_at"
      AND (
        (
          "t12"."superseded_at" IS NULL
        )
        OR (
          "t12"."superseded_at" > "t12"."known_at"
        )
      )
      AND "t12"."issued_on" <= "t12"."as_of"
      AND "t12"."kind" IN ('invoice', 'retention', 'unbilled_delivery')
  ) AS "t20"
  LEFT OUTER JOIN (
    SELECT
      "t18"."item_id",
      SUM("t18"."amount") FILTER(WHERE
        "t18"."cleared_on" <= "t18"."as_of") AS "settled",
      SUM("t18"."amount") FILTER(WHERE
        "t18"."cleared_on" IS NOT NULL) AS "settled_ever"
    FROM (
      SELECT
        *
      FROM "t11" AS "t13"
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
    ) AS "t18"
    GROUP BY
      1
  ) AS "t25"
    ON "t20"."item_id" = "t25"."item_id"
), "t35" AS (
  SELECT
    "t34"."settlement_id",
    "t34"."item_id",
    "t34"."matures_on",
    "t34"."promised",
    "t34"."buyer_id",
    "t34"."currency",
    "t34"."kind",
    "t34"."disputed",
    "t34"."issued_on",
    "t34"."due_on",
    "t34"."recognised_on",
    "t34"."amount",
    "t34"."never_settled",
    CAST(SUM("t34"."promised") OVER (
      PARTITION BY "t34"."item_id"
      ORDER BY "t34"."matures_on" ASC, "t34"."settlement_id" ASC
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS DECIMAL(18, 4)) AS "promised_so_far"
  FROM (
    SELECT
      "t21"."settlement_id",
      "t21"."item_id",
      "t21"."matures_on",
      "t21"."promised",
      "t33"."buyer_id",
      "t33"."currency",
      "t33"."kind",
      "t33"."disputed",
      "t33"."issued_on",
      "t33"."due_on",
      "t33"."recognised_on",
      "t33"."amount",
      "t33"."never_settled"
    FROM (
      SELECT
        "t13"."settlement_id",
        "t13"."item_id",
        "t13"."matures_on",
        "t13"."amount" AS "promised"
      FROM "t11" AS "t13"
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
        AND "t13"."kind" IN ('bank_acceptance', 'commercial_acceptance', 'electronic_receivable')
        AND "t13"."effective_on" <= "t13"."as_of"
        AND (
          (
            "t13"."cleared_on" IS NULL
          ) OR (
            "t13"."cleared_on" > "t13"."as_of"
          )
        )
        AND (
          (
            "t13"."dishonoured_on" IS NULL
          )
          OR (
            "t13"."dishonoured_on" > "t13"."as_of"
          )
        )
    ) AS "t21"
    INNER JOIN (
      SELECT
        *
      FROM "t27" AS "t29"
      WHERE
        "t29"."amount" <> CAST(0 AS DECIMAL(18, 4))
        AND "t29"."kind" IN ('invoice', 'retention')
        AND "t29"."amount" > 0
    ) AS "t33"
      ON "t21"."item_id" = "t33"."item_id"
  ) AS "t34"
)
SELECT
  *
FROM (
  SELECT
    "t48"."buyer_id",
    "t8"."name",
    "t8"."country",
    "t48"."currency",
    "t48"."open_total",
    "t48"."not_due",
    "t48"."d1_30",
    "t48"."d31_60",
    "t48"."d61_90",
    "t48"."d91_120",
    "t48"."d121_180",
    "t48"."d181_365",
    "t48"."d_gt_365",
    "t48"."overdue",
    "t48"."disputed",
    "t48"."under_bills",
    "t48"."credits",
    "t48"."unapplied",
    "t48"."unbilled",
    "t48"."net",
    "t48"."oldest_due_on",
    "t48"."max_days_overdue",
    "t48"."open_items",
    "t48"."r_lt_1y",
    "t48"."r_1_2y",
    "t48"."r_2_3y",
    "t48"."r_gt_3y"
  FROM (
    SELECT
      "t46"."buyer_id",
      "t46"."currency",
      "t46"."open_total",
      "t46"."not_due",
      "t46"."d1_30",
      "t46"."d31_60",
      "t46"."d61_90",
      "t46"."d91_120",
      "t46"."d121_180",
      "t46"."d181_365",
      "t46"."d_gt_365",
      "t46"."disputed",
      "t46"."under_bills",
      "t46"."credits",
      "t46"."unapplied",
      "t46"."unbilled",
      "t46"."oldest_due_on",
      "t46"."max_days_overdue",
      "t46"."open_items",
      "t46"."never_settled",
      "t46"."r_lt_1y",
      "t46"."r_1_2y",
      "t46"."r_2_3y",
      "t46"."r_gt_3y",
      "t46"."open_total" - "t46"."not_due" AS "overdue",
      (
        "t46"."open_total" - "t46"."credits"
      ) - "t46"."unapplied" AS "net"
    FROM (
      SELECT
        "t45"."buyer_id",
        "t45"."currency",
        COALESCE(
          SUM("t45"."amount") FILTER(WHERE
            "t45"."kind" IN ('invoice', 'retention')),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "open_total",
        COALESCE(
          SUM("t45"."amount") FILTER(WHERE
            "t45"."kind" IN ('invoice', 'retention')
            AND (
              (
                DATE_DIFF('DAY', "t45"."ages_from", "t45"."as_of") IS NULL
              )
              OR (
                DATE_DIFF('DAY', "t45"."ages_from", "t45"."as_of") <= 0
              )
            )),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "not_due",
        COALESCE(
          SUM("t45"."amount") FILTER(WHERE
            "t45"."kind" IN ('invoice', 'retention')
            AND DATE_DIFF('DAY', "t45"."ages_from", "t45"."as_of") BETWEEN 1 AND 30),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "d1_30",
        COALESCE(
          SUM("t45"."amount") FILTER(WHERE
            "t45"."kind" IN ('invoice', 'retention')
            AND DATE_DIFF('DAY', "t45"."ages_from", "t45"."as_of") BETWEEN 31 AND 60),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "d31_60",
        COALESCE(
          SUM("t45"."amount") FILTER(WHERE
            "t45"."kind" IN ('invoice', 'retention')
            AND DATE_DIFF('DAY', "t45"."ages_from", "t45"."as_of") BETWEEN 61 AND 90),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "d61_90",
        COALESCE(
          SUM("t45"."amount") FILTER(WHERE
            "t45"."kind" IN ('invoice', 'retention')
            AND DATE_DIFF('DAY', "t45"."ages_from", "t45"."as_of") BETWEEN 91 AND 120),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "d91_120",
        COALESCE(
          SUM("t45"."amount") FILTER(WHERE
            "t45"."kind" IN ('invoice', 'retention')
            AND DATE_DIFF('DAY', "t45"."ages_from", "t45"."as_of") BETWEEN 121 AND 180),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "d121_180",
        COALESCE(
          SUM("t45"."amount") FILTER(WHERE
            "t45"."kind" IN ('invoice', 'retention')
            AND DATE_DIFF('DAY', "t45"."ages_from", "t45"."as_of") BETWEEN 181 AND 365),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "d181_365",
        COALESCE(
          SUM("t45"."amount") FILTER(WHERE
            "t45"."kind" IN ('invoice', 'retention')
            AND (
              DATE_DIFF('DAY', "t45"."ages_from", "t45"."as_of") >= 366
            )),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "d_gt_365",
        COALESCE(
          SUM("t45"."amount") FILTER(WHERE
            "t45"."kind" IN ('invoice', 'retention') AND "t45"."disputed"),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "disputed",
        COALESCE(
          SUM("t45"."amount") FILTER(WHERE
            "t45"."kind" IN ('invoice', 'retention') AND "t45"."under_bill"),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "under_bills",
        COALESCE(
          SUM("t45"."amount") FILTER(WHERE
            "t45"."kind" = 'credit_note'),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "credits",
        COALESCE(
          SUM("t45"."amount") FILTER(WHERE
            "t45"."kind" = 'receipt'),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "unapplied",
        COALESCE(
          SUM("t45"."amount") FILTER(WHERE
            "t45"."kind" = 'unbilled_delivery'),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "unbilled",
        MIN("t45"."ages_from") FILTER(WHERE
          "t45"."kind" IN ('invoice', 'retention') AND (
            "t45"."amount" > 0
          )) AS "oldest_due_on",
        GREATEST(
          COALESCE(
            MAX(DATE_DIFF('DAY', "t45"."ages_from", "t45"."as_of")) FILTER(WHERE
              "t45"."kind" IN ('invoice', 'retention') AND (
                "t45"."amount" > 0
              )),
            0
          ),
          0
        ) AS "max_days_overdue",
        COUNT(*) FILTER(WHERE
          "t45"."kind" IN ('invoice', 'retention') AND "t45"."is_item") AS "open_items",
        COUNT(*) FILTER(WHERE
          "t45"."kind" IN ('invoice', 'retention')
          AND "t45"."is_item"
          AND "t45"."never_settled") AS "never_settled",
        COALESCE(
          SUM("t45"."amount") FILTER(WHERE
            "t45"."kind" IN ('invoice', 'retention')
            AND (
              "t45"."as_of" <= (
                "t45"."recognised_on" + INTERVAL '1' YEAR
              )
            )),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "r_lt_1y",
        COALESCE(
          SUM("t45"."amount") FILTER(WHERE
            "t45"."kind" IN ('invoice', 'retention')
            AND (
              (
                "t45"."as_of" > (
                  "t45"."recognised_on" + INTERVAL '1' YEAR
                )
              )
              AND (
                "t45"."as_of" <= (
                  "t45"."recognised_on" + INTERVAL '2' YEAR
                )
              )
            )),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "r_1_2y",
        COALESCE(
          SUM("t45"."amount") FILTER(WHERE
            "t45"."kind" IN ('invoice', 'retention')
            AND (
              (
                "t45"."as_of" > (
                  "t45"."recognised_on" + INTERVAL '2' YEAR
                )
              )
              AND (
                "t45"."as_of" <= (
                  "t45"."recognised_on" + INTERVAL '3' YEAR
                )
              )
            )),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "r_2_3y",
        COALESCE(
          SUM("t45"."amount") FILTER(WHERE
            "t45"."kind" IN ('invoice', 'retention')
            AND (
              "t45"."as_of" > (
                "t45"."recognised_on" + INTERVAL '3' YEAR
              )
            )),
          CAST(0 AS DECIMAL(38, 4))
        ) AS "r_gt_3y"
      FROM (
        SELECT
          "t44"."item_id",
          "t44"."buyer_id",
          "t44"."currency",
          "t44"."kind",
          "t44"."disputed",
          "t44"."issued_on",
          "t44"."recognised_on",
          "t44"."never_settled",
          "t44"."amount",
          "t44"."ages_from",
          "t44"."under_bill",
          "t44"."is_item",
          "t9"."as_of",
          "t9"."known_at"
        FROM (
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
              "t26"."never_settled",
              "t26"."amount",
              CAST(NULL AS DATE) AS "ages_from",
              FALSE AS "under_bill",
              TRUE AS "is_item"
            FROM (
              SELECT
                "t19"."item_id",
                "t19"."buyer_id",
                "t19"."currency",
                "t19"."kind",
                "t19"."disputed",
                "t19"."issued_on",
                "t19"."due_on",
                "t19"."recognised_on",
                CAST("t19"."amount" - COALESCE("t23"."used", CAST(0 AS DECIMAL(18, 4))) AS DECIMAL(18, 4)) AS "amount",
                FALSE AS "never_settled"
              FROM (
                SELECT
                  *
                FROM "t10" AS "t12"
                WHERE
                  "t12"."recorded_at" <= "t12"."known_at"
                  AND (
                    (
                      "t12"."superseded_at" IS NULL
                    )
                    OR (
                      "t12"."superseded_at" > "t12"."known_at"
                    )
                  )
                  AND "t12"."issued_on" <= "t12"."as_of"
                  AND "t12"."kind" IN ('credit_note', 'receipt')
              ) AS "t19"
              LEFT OUTER JOIN (
                SELECT
                  "t16"."source_item_id" AS "item_id",
                  SUM("t16"."amount") AS "used"
                FROM (
                  SELECT
                    *
                  FROM "t11" AS "t13"
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
                    AND "t13"."source_item_id" IS NOT NULL
                    AND "t13"."effective_on" <= "t13"."as_of"
                ) AS "t16"
                GROUP BY
                  1
              ) AS "t23"
                ON "t19"."item_id" = "t23"."item_id"
            ) AS "t26"
            WHERE
              "t26"."amount" <> CAST(0 AS DECIMAL(18, 4))
          ) AS "t28"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t32"."item_id",
                "t32"."buyer_id",
                "t32"."currency",
                "t32"."kind",
                "t32"."disputed",
                "t32"."issued_on",
                "t32"."recognised_on",
                "t32"."never_settled",
                CAST("t32"."amount" - COALESCE("t40"."covered", CAST(0 AS DECIMAL(18, 4))) AS DECIMAL(18, 4)) AS "amount",
                "t32"."due_on" AS "ages_from",
                FALSE AS "under_bill",
                TRUE AS "is_item"
              FROM (
                SELECT
                  *
                FROM "t27" AS "t29"
                WHERE
                  "t29"."amount" <> CAST(0 AS DECIMAL(18, 4))
              ) AS "t32"
              LEFT OUTER JOIN (
                SELECT
                  "t38"."item_id",
                  SUM("t38"."part") AS "covered"
                FROM (
                  SELECT
                    "t36"."settlement_id",
                    "t36"."item_id",
                    "t36"."matures_on",
                    "t36"."promised",
                    "t36"."buyer_id",
                    "t36"."currency",
                    "t36"."kind",
                    "t36"."disputed",
                    "t36"."issued_on",
                    "t36"."due_on",
                    "t36"."recognised_on",
                    "t36"."amount",
                    "t36"."never_settled",
                    "t36"."promised_so_far",
                    GREATEST(
                      LEAST(
                        "t36"."promised",
                        "t36"."amount" - (
                          "t36"."promised_so_far" - "t36"."promised"
                        )
                      ),
                      CAST(0 AS DECIMAL(18, 4))
                    ) AS "part"
                  FROM "t35" AS "t36"
                  WHERE
                    GREATEST(
                      LEAST(
                        "t36"."promised",
                        "t36"."amount" - (
                          "t36"."promised_so_far" - "t36"."promised"
                        )
                      ),
                      CAST(0 AS DECIMAL(18, 4))
                    ) > 0
                ) AS "t38"
                GROUP BY
                  1
              ) AS "t40"
                ON "t32"."item_id" = "t40"."item_id"
            ) AS "t41"
            UNION ALL
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
                "t36"."never_settled",
                GREATEST(
                  LEAST(
                    "t36"."promised",
                    "t36"."amount" - (
                      "t36"."promised_so_far" - "t36"."promised"
                    )
                  ),
                  CAST(0 AS DECIMAL(18, 4))
                ) AS "amount",
                CASE
                  WHEN "t36"."due_on" IS NULL
                  THEN CAST(NULL AS DATE)
                  ELSE GREATEST("t36"."due_on", COALESCE("t36"."matures_on", "t36"."due_on"))
                END AS "ages_from",
                TRUE AS "under_bill",
                FALSE AS "is_item"
              FROM "t35" AS "t36"
              WHERE
                GREATEST(
                  LEAST(
                    "t36"."promised",
                    "t36"."amount" - (
                      "t36"."promised_so_far" - "t36"."promised"
                    )
                  ),
                  CAST(0 AS DECIMAL(18, 4))
                ) > 0
            ) AS "t37"
          ) AS "t42"
        ) AS "t44"
        CROSS JOIN (
          SELECT
            *
          FROM "clock" AS "t1"
        ) AS "t9"
      ) AS "t45"
      GROUP BY
        1,
        2
    ) AS "t46"
  ) AS "t48"
  LEFT OUTER JOIN (
    SELECT
      "t0"."buyer_id",
      "t0"."name",
      "t0"."country"
    FROM "buyers" AS "t0"
  ) AS "t8"
    ON "t48"."buyer_id" = "t8"."buyer_id"
) AS "t49"
ORDER BY
  "t49"."currency" ASC,
  "t49"."open_total" DESC,
  "t49"."buyer_id" ASC
