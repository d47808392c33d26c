SELECT
  "t25"."buyer_id",
  "t25"."currency",
  "t25"."first_issued_on",
  "t25"."last_issued_on",
  "t25"."judged_items",
  "t25"."sales_365",
  "t25"."termed_amount",
  "t25"."termed_days",
  "t25"."year_amount",
  "t25"."year_days",
  "t25"."year_squares",
  "t25"."recent_amount",
  "t25"."recent_days",
  "t25"."middle_amount",
  "t25"."middle_days",
  "t25"."older_amount",
  "t25"."older_days",
  "t25"."lost_amount",
  "t25"."lost_days",
  "t25"."lost_squares",
  "t25"."late_before_recent_amount",
  "t25"."late_before_recent_days",
  "t25"."late_before_middle_amount",
  "t25"."late_before_middle_days",
  "t25"."on_time_amount",
  "t25"."derived_amount",
  "t25"."undated_amount",
  "t25"."open_amount",
  "t25"."open_days",
  "t25"."open_squares",
  "t25"."too_late_amount",
  "t25"."open_before_recent_amount",
  "t25"."open_before_recent_days",
  "t25"."open_before_middle_amount",
  "t25"."open_before_middle_days",
  "t25"."largest_paid_on_time",
  "t25"."largest_paid_in_good_time",
  "t25"."open_total",
  "t25"."not_due",
  "t25"."d1_30",
  "t25"."d31_60",
  "t25"."d61_90",
  "t25"."d91_120",
  "t25"."d121_180",
  "t25"."d181_365",
  "t25"."d_gt_365",
  "t25"."disputed",
  "t25"."under_bills",
  "t25"."credits",
  "t25"."unapplied",
  "t25"."unbilled",
  "t25"."oldest_due_on",
  "t25"."max_days_overdue",
  "t25"."open_items",
  "t25"."r_lt_1y",
  "t25"."r_1_2y",
  "t25"."r_2_3y",
  "t25"."r_gt_3y",
  "t25"."overdue",
  "t25"."net",
  "t25"."as_of",
  "t25"."history_days",
  "t25"."judged_amount",
  CASE
    WHEN "t17"."only_open"
    THEN CAST(NULL AS DOUBLE)
    ELSE "t25"."days_beyond_terms"
  END AS "days_beyond_terms",
  CASE WHEN "t17"."only_open" THEN CAST(NULL AS DOUBLE) ELSE "t25"."on_time_ratio" END AS "on_time_ratio",
  CASE
    WHEN "t17"."only_open"
    THEN CAST(NULL AS DOUBLE)
    ELSE "t25"."volatility_days"
  END AS "volatility_days",
  CASE WHEN "t17"."only_open" THEN CAST(NULL AS DOUBLE) ELSE "t25"."dbt_0_90" END AS "dbt_0_90",
  CASE WHEN "t17"."only_open" THEN CAST(NULL AS DOUBLE) ELSE "t25"."dbt_91_180" END AS "dbt_91_180",
  CASE WHEN "t17"."only_open" THEN CAST(NULL AS DOUBLE) ELSE "t25"."dbt_181_365" END AS "dbt_181_365",
  CASE WHEN "t17"."only_open" THEN CAST(NULL AS DOUBLE) ELSE "t25"."trend_days" END AS "trend_days",
  "t25"."derived_ratio",
  "t25"."overdue_ratio",
  "t25"."long_overdue_ratio",
  "t25"."terms_days",
  "t25"."monthly_sales",
  CASE
    WHEN "t17"."only_open"
    THEN CAST(NULL AS BIGINT)
    ELSE CAST(ROUND(
      "t16"."from_index" + (
        (
          (
            "t25"."days_beyond_terms" - "t16"."from_days"
          ) / (
            "t16"."to_days" - "t16"."from_days"
          )
        ) * (
          "t16"."to_index" - "t16"."from_index"
        )
      ),
      0
    ) AS BIGINT)
  END AS "payment_index",
  CASE
    WHEN "t17"."only_open"
    THEN 'no_settlements_in_ledger'
    WHEN "t25"."history_days" < "t17"."min_history_days"
    THEN 'history_too_short'
    WHEN "t25"."judged_items" < "t17"."min_items"
    THEN 'too_few_items'
    WHEN (
      CAST(COALESCE("t25"."undated_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) > 0
    )
    AND (
      (
        CAST(COALESCE("t25"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t25"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
      ) <= 0
    )
    THEN 'payment_dates_unknown'
    WHEN (
      "t25"."days_beyond_terms" IS NULL
    ) OR (
      "t25"."on_time_ratio" IS NULL
    )
    THEN 'nothing_to_judge'
    ELSE CAST(NULL AS TEXT)
  END AS "not_rated_reason",
  CASE
    WHEN CASE
      WHEN "t17"."only_open"
      THEN 'no_settlements_in_ledger'
      WHEN "t25"."history_days" < "t17"."min_history_days"
      THEN 'history_too_short'
      WHEN "t25"."judged_items" < "t17"."min_items"
      THEN 'too_few_items'
      WHEN (
        CAST(COALESCE("t25"."undated_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) > 0
      )
      AND (
        (
          CAST(COALESCE("t25"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t25"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) <= 0
      )
      THEN 'payment_dates_unknown'
      WHEN (
        "t25"."days_beyond_terms" IS NULL
      ) OR (
        "t25"."on_time_ratio" IS NULL
      )
      THEN 'nothing_to_judge'
      ELSE CAST(NULL AS TEXT)
    END IS NOT NULL
    THEN CAST(NULL AS TEXT)
    WHEN COALESCE("t25"."derived_ratio", 0.0) > "t17"."unsure_derived_ratio"
    THEN 'low'
    WHEN "t17"."only_settled" OR (
      COALESCE("t25"."derived_ratio", 0.0) > 0.0
    )
    THEN 'medium'
    WHEN "t25"."judged_items" < "t17"."sure_items"
    THEN 'medium'
    WHEN "t25"."history_days" < "t17"."sure_history_days"
    THEN 'medium'
    ELSE 'high'
  END AS "confidence"
FROM (
  SELECT
    "t23"."buyer_id",
    "t23"."currency",
    "t23"."first_issued_on",
    "t23"."last_issued_on",
    "t23"."judged_items",
    "t23"."sales_365",
    "t23"."termed_amount",
    "t23"."termed_days",
    "t23"."year_amount",
    "t23"."year_days",
    "t23"."year_squares",
    "t23"."recent_amount",
    "t23"."recent_days",
    "t23"."middle_amount",
    "t23"."middle_days",
    "t23"."older_amount",
    "t23"."older_days",
    "t23"."lost_amount",
    "t23"."lost_days",
    "t23"."lost_squares",
    "t23"."late_before_recent_amount",
    "t23"."late_before_recent_days",
    "t23"."late_before_middle_amount",
    "t23"."late_before_middle_days",
    "t23"."on_time_amount",
    "t23"."derived_amount",
    "t23"."undated_amount",
    "t23"."open_amount",
    "t23"."open_days",
    "t23"."open_squares",
    "t23"."too_late_amount",
    "t23"."open_before_recent_amount",
    "t23"."open_before_recent_days",
    "t23"."open_before_middle_amount",
    "t23"."open_before_middle_days",
    "t23"."largest_paid_on_time",
    "t23"."largest_paid_in_good_time",
    "t23"."open_total",
    "t23"."not_due",
    "t23"."d1_30",
    "t23"."d31_60",
    "t23"."d61_90",
    "t23"."d91_120",
    "t23"."d121_180",
    "t23"."d181_365",
    "t23"."d_gt_365",
    "t23"."disputed",
    "t23"."under_bills",
    "t23"."credits",
    "t23"."unapplied",
    "t23"."unbilled",
    "t23"."oldest_due_on",
    "t23"."max_days_overdue",
    "t23"."open_items",
    "t23"."r_lt_1y",
    "t23"."r_1_2y",
    "t23"."r_2_3y",
    "t23"."r_gt_3y",
    "t23"."overdue",
    "t23"."net",
    "t23"."as_of",
    DATE_DIFF('DAY', "t23"."first_issued_on", "t23"."as_of") AS "history_days",
    0.0 + CAST(COALESCE("t23"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) AS "judged_amount",
    CAST(ROUND(
      CASE
        WHEN (
          0.0 + CAST(COALESCE("t23"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) > 0
        THEN (
          0.0 + CAST(COALESCE("t23"."year_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) / NULLIF(
          0.0 + CAST(COALESCE("t23"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
          0
        )
        ELSE CAST(NULL AS DOUBLE)
      END,
      1
    ) AS DOUBLE) AS "days_beyond_terms",
    CAST(ROUND(
      CASE
        WHEN (
          CAST(COALESCE("t23"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."too_late_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) > 0
        THEN CAST(COALESCE("t23"."on_time_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) / NULLIF(
          CAST(COALESCE("t23"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."too_late_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
          0
        )
        ELSE CAST(NULL AS DOUBLE)
      END,
      4
    ) AS DOUBLE) AS "on_time_ratio",
    CAST(ROUND(
      CASE
        WHEN (
          0.0 + CAST(COALESCE("t23"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) > 0
        THEN SQRT(
          GREATEST(
            (
              (
                0.0 + CAST(COALESCE("t23"."year_squares", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_squares", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_squares", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
              ) / NULLIF(
                0.0 + CAST(COALESCE("t23"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
                0
              )
            ) - (
              (
                (
                  0.0 + CAST(COALESCE("t23"."year_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
                ) / NULLIF(
                  0.0 + CAST(COALESCE("t23"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
                  0
                )
              ) * (
                (
                  0.0 + CAST(COALESCE("t23"."year_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
                ) / NULLIF(
                  0.0 + CAST(COALESCE("t23"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
                  0
                )
              )
            ),
            0.0
          )
        )
        ELSE CAST(NULL AS DOUBLE)
      END,
      1
    ) AS DOUBLE) AS "volatility_days",
    CAST(ROUND(
      CASE
        WHEN (
          0.0 + CAST(COALESCE("t23"."recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) > 0
        THEN (
          0.0 + CAST(COALESCE("t23"."recent_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) / NULLIF(
          0.0 + CAST(COALESCE("t23"."recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
          0
        )
        ELSE CAST(NULL AS DOUBLE)
      END,
      1
    ) AS DOUBLE) AS "dbt_0_90",
    CAST(ROUND(
      CASE
        WHEN (
          0.0 + CAST(COALESCE("t23"."middle_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."late_before_recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_before_recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) > 0
        THEN (
          0.0 + CAST(COALESCE("t23"."middle_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."late_before_recent_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_before_recent_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) / NULLIF(
          0.0 + CAST(COALESCE("t23"."middle_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."late_before_recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_before_recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
          0
        )
        ELSE CAST(NULL AS DOUBLE)
      END,
      1
    ) AS DOUBLE) AS "dbt_91_180",
    CAST(ROUND(
      CASE
        WHEN (
          0.0 + CAST(COALESCE("t23"."older_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."late_before_middle_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_before_middle_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) > 0
        THEN (
          0.0 + CAST(COALESCE("t23"."older_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."late_before_middle_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_before_middle_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) / NULLIF(
          0.0 + CAST(COALESCE("t23"."older_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."late_before_middle_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_before_middle_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
          0
        )
        ELSE CAST(NULL AS DOUBLE)
      END,
      1
    ) AS DOUBLE) AS "dbt_181_365",
    CAST(ROUND(
      CAST(ROUND(
        CASE
          WHEN (
            0.0 + CAST(COALESCE("t23"."recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
          ) > 0
          THEN (
            0.0 + CAST(COALESCE("t23"."recent_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
          ) / NULLIF(
            0.0 + CAST(COALESCE("t23"."recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
            0
          )
          ELSE CAST(NULL AS DOUBLE)
        END,
        1
      ) AS DOUBLE) - CAST(ROUND(
        CASE
          WHEN (
            0.0 + CAST(COALESCE("t23"."middle_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."older_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."late_before_recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_before_recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
          ) > 0
          THEN (
            0.0 + CAST(COALESCE("t23"."middle_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."older_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."late_before_recent_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_before_recent_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
          ) / NULLIF(
            0.0 + CAST(COALESCE("t23"."middle_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."older_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."late_before_recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."open_before_recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
            0
          )
          ELSE CAST(NULL AS DOUBLE)
        END,
        1
      ) AS DOUBLE),
      1
    ) AS DOUBLE) AS "trend_days",
    CAST(ROUND(
      CASE
        WHEN (
          CAST(COALESCE("t23"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."undated_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) > 0
        THEN (
          CAST(COALESCE("t23"."derived_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."undated_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) / NULLIF(
          CAST(COALESCE("t23"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."undated_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
          0
        )
        ELSE CAST(NULL AS DOUBLE)
      END,
      4
    ) AS DOUBLE) AS "derived_ratio",
    CAST(ROUND(
      CASE
        WHEN CAST(COALESCE("t23"."open_total", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) > 0
        THEN GREATEST(CAST(COALESCE("t23"."overdue", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE), 0.0) / NULLIF(CAST(COALESCE("t23"."open_total", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE), 0)
        ELSE 0.0
      END,
      4
    ) AS DOUBLE) AS "overdue_ratio",
    CAST(ROUND(
      CASE
        WHEN CAST(COALESCE("t23"."open_total", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) > 0
        THEN GREATEST(
          0.0 + CAST(COALESCE("t23"."d61_90", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."d91_120", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."d121_180", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."d181_365", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t23"."d_gt_365", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
          0.0
        ) / NULLIF(CAST(COALESCE("t23"."open_total", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE), 0)
        ELSE 0.0
      END,
      4
    ) AS DOUBLE) AS "long_overdue_ratio",
    CAST(ROUND(
      CASE
        WHEN CAST(COALESCE("t23"."termed_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) > 0
        THEN CAST(COALESCE("t23"."termed_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) / NULLIF(CAST(COALESCE("t23"."termed_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE), 0)
        ELSE CAST(NULL AS DOUBLE)
      END,
      1
    ) AS DOUBLE) AS "terms_days",
    CAST(CAST(ROUND(
      CAST(COALESCE("t23"."sales_365", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) / GREATEST(
        LEAST(GREATEST(DATE_DIFF('DAY', "t23"."first_issued_on", "t23"."as_of") + 1, 1), 365) / 30.4375,
        1.0
      ),
      4
    ) AS DOUBLE) AS DECIMAL(38, 4)) AS "monthly_sales"
  FROM (
    SELECT
      "t8"."buyer_id",
      "t8"."currency",
      "t8"."first_issued_on",
      "t8"."last_issued_on",
      "t8"."judged_items",
      "t8"."sales_365",
      "t8"."termed_amount",
      "t8"."termed_days",
      "t18"."year_amount",
      "t18"."year_days",
      "t18"."year_squares",
      "t18"."recent_amount",
      "t18"."recent_days",
      "t18"."middle_amount",
      "t18"."middle_days",
      "t18"."older_amount",
      "t18"."older_days",
      "t18"."lost_amount",
      "t18"."lost_days",
      "t18"."lost_squares",
      "t18"."late_before_recent_amount",
      "t18"."late_before_recent_days",
      "t18"."late_before_middle_amount",
      "t18"."late_before_middle_days",
      "t18"."on_time_amount",
      "t18"."derived_amount",
      "t18"."undated_amount",
      "t19"."open_amount",
      "t19"."open_days",
      "t19"."open_squares",
      "t19"."too_late_amount",
      "t19"."open_before_recent_amount",
      "t19"."open_before_recent_days",
      "t19"."open_before_middle_amount",
      "t19"."open_before_middle_days",
      "t20"."largest_paid_on_time",
      "t20"."largest_paid_in_good_time",
      "t21"."open_total",
      "t21"."not_due",
      "t21"."d1_30",
      "t21"."d31_60",
      "t21"."d61_90",
      "t21"."d91_120",
      "t21"."d121_180",
      "t21"."d181_365",
      "t21"."d_gt_365",
      "t21"."disputed",
      "t21"."under_bills",
      "t21"."credits",
      "t21"."unapplied",
      "t21"."unbilled",
      "t21"."oldest_due_on",
      "t21"."max_days_overdue",
      "t21"."open_items",
      "t21"."r_lt_1y",
      "t21"."r_1_2y",
      "t21"."r_2_3y",
      "t21"."r_gt_3y",
      "t21"."overdue",
      "t21"."net",
      "t22"."as_of"
    FROM "account_activity" AS "t8"
    LEFT OUTER JOIN (
      SELECT
        "t3"."buyer_id" AS "right_buyer_id",
        "t3"."currency" AS "right_currency",
        "t3"."year_amount",
        "t3"."year_days",
        "t3"."year_squares",
        "t3"."recent_amount",
        "t3"."recent_days",
        "t3"."middle_amount",
        "t3"."middle_days",
        "t3"."older_amount",
        "t3"."older_days",
        "t3"."lost_amount",
        "t3"."lost_days",
        "t3"."lost_squares",
        "t3"."late_before_recent_amount",
        "t3"."late_before_recent_days",
        "t3"."late_before_middle_amount",
        "t3"."late_before_middle_days",
        "t3"."on_time_amount",
        "t3"."derived_amount",
        "t3"."undated_amount"
      FROM "settled_sums" AS "t3"
    ) AS "t18"
      ON "t8"."buyer_id" = "t18"."right_buyer_id"
      AND "t8"."currency" = "t18"."right_currency"
    LEFT OUTER JOIN (
      SELECT
        "t4"."buyer_id" AS "right_buyer_id",
        "t4"."currency" AS "right_currency",
        "t4"."open_amount",
        "t4"."open_days",
        "t4"."open_squares",
        "t4"."too_late_amount",
        "t4"."open_before_recent_amount",
        "t4"."open_before_recent_days",
        "t4"."open_before_middle_amount",
        "t4"."open_before_middle_days"
      FROM "overdue_sums" AS "t4"
    ) AS "t19"
      ON "t8"."buyer_id" = "t19"."right_buyer_id"
      AND "t8"."currency" = "t19"."right_currency"
    LEFT OUTER JOIN (
      SELECT
        "t5"."buyer_id" AS "right_buyer_id",
        "t5"."currency" AS "right_currency",
        "t5"."largest_paid_on_time",
        "t5"."largest_paid_in_good_time"
      FROM "highest_paid" AS "t5"
    ) AS "t20"
      ON "t8"."buyer_id" = "t20"."right_buyer_id"
      AND "t8"."currency" = "t20"."right_currency"
    LEFT OUTER JOIN (
      SELECT
        "t6"."buyer_id" AS "right_buyer_id",
        "t6"."currency" AS "right_currency",
        "t6"."open_total",
        "t6"."not_due",
        "t6"."d1_30",
        "t6"."d31_60",
        "t6"."d61_90",
        "t6"."d91_120",
        "t6"."d121_180",
        "t6"."d181_365",
        "t6"."d_gt_365",
        "t6"."disputed",
        "t6"."under_bills",
        "t6"."credits",
        "t6"."unapplied",
        "t6"."unbilled",
        "t6"."oldest_due_on",
        "t6"."max_days_overdue",
        "t6"."open_items",
        "t6"."r_lt_1y",
        "t6"."r_1_2y",
        "t6"."r_2_3y",
        "t6"."r_gt_3y",
        "t6"."overdue",
        "t6"."net"
      FROM "aged_accounts" AS "t6"
    ) AS "t21"
      ON "t8"."buyer_id" = "t21"."right_buyer_id"
      AND "t8"."currency" = "t21"."right_currency"
    CROSS JOIN (
      SELECT
        "t7"."as_of"
      FROM "clock" AS "t7"
    ) AS "t22"
  ) AS "t23"
) AS "t25"
LEFT OUTER JOIN (
  SELECT
    *
  FROM "ladder" AS "t0"
) AS "t16"
  ON "t25"."days_beyond_terms" >= "t16"."from_days"
  AND "t25"."days_beyond_terms" < "t16"."to_days"
CROSS JOIN (
  SELECT
    "t1"."min_items",
    "t1"."min_history_days",
    "t1"."sure_items",
    "t1"."sure_history_days",
    "t1"."unsure_derived_ratio",
    "t1"."only_open",
    "t1"."only_settled"
  FROM "settings" AS "t1"
) AS "t17"
