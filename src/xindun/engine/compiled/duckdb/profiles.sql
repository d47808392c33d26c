SELECT
  "t37"."buyer_id",
  "t37"."currency",
  "t37"."first_issued_on",
  "t37"."last_issued_on",
  "t37"."judged_items",
  "t37"."sales_365",
  "t37"."termed_amount",
  "t37"."termed_days",
  "t37"."year_amount",
  "t37"."year_days",
  "t37"."year_squares",
  "t37"."recent_amount",
  "t37"."recent_days",
  "t37"."middle_amount",
  "t37"."middle_days",
  "t37"."older_amount",
  "t37"."older_days",
  "t37"."lost_amount",
  "t37"."lost_days",
  "t37"."lost_squares",
  "t37"."late_before_recent_amount",
  "t37"."late_before_recent_days",
  "t37"."late_before_middle_amount",
  "t37"."late_before_middle_days",
  "t37"."on_time_amount",
  "t37"."derived_amount",
  "t37"."open_amount",
  "t37"."open_days",
  "t37"."open_squares",
  "t37"."too_late_amount",
  "t37"."open_before_recent_amount",
  "t37"."open_before_recent_days",
  "t37"."open_before_middle_amount",
  "t37"."open_before_middle_days",
  "t37"."largest_paid_on_time",
  "t37"."largest_paid_in_good_time",
  "t37"."open_total",
  "t37"."not_due",
  "t37"."d1_30",
  "t37"."d31_60",
  "t37"."d61_90",
  "t37"."d91_120",
  "t37"."d121_180",
  "t37"."d181_365",
  "t37"."d_gt_365",
  "t37"."disputed",
  "t37"."under_bills",
  "t37"."credits",
  "t37"."unapplied",
  "t37"."unbilled",
  "t37"."oldest_due_on",
  "t37"."max_days_overdue",
  "t37"."open_items",
  "t37"."r_lt_1y",
  "t37"."r_1_2y",
  "t37"."r_2_3y",
  "t37"."r_gt_3y",
  "t37"."overdue",
  "t37"."net",
  "t37"."as_of",
  "t37"."history_days",
  "t37"."judged_amount",
  "t37"."days_beyond_terms",
  "t37"."on_time_ratio",
  "t37"."volatility_days",
  "t37"."dbt_0_90",
  "t37"."dbt_91_180",
  "t37"."dbt_181_365",
  "t37"."trend_days",
  "t37"."derived_ratio",
  "t37"."overdue_ratio",
  "t37"."long_overdue_ratio",
  "t37"."terms_days",
  "t37"."monthly_sales",
  CAST(ROUND(
    "t16"."from_index" + (
      (
        (
          "t37"."days_beyond_terms" - "t16"."from_days"
        ) / (
          "t16"."to_days" - "t16"."from_days"
        )
      ) * (
        "t16"."to_index" - "t16"."from_index"
      )
    ),
    0
  ) AS BIGINT) AS "payment_index",
  CASE
    WHEN "t17"."only_open"
    THEN 'no_settlements_in_ledger'
    WHEN "t37"."history_days" < "t17"."min_history_days"
    THEN 'history_too_short'
    WHEN "t37"."judged_items" < "t17"."min_items"
    THEN 'too_few_items'
    WHEN (
      "t37"."days_beyond_terms" IS NULL
    ) OR (
      "t37"."on_time_ratio" IS NULL
    )
    THEN 'nothing_to_judge'
    ELSE CAST(NULL AS TEXT)
  END AS "not_rated_reason",
  CASE
    WHEN CASE
      WHEN "t17"."only_open"
      THEN 'no_settlements_in_ledger'
      WHEN "t37"."history_days" < "t17"."min_history_days"
      THEN 'history_too_short'
      WHEN "t37"."judged_items" < "t17"."min_items"
      THEN 'too_few_items'
      WHEN (
        "t37"."days_beyond_terms" IS NULL
      ) OR (
        "t37"."on_time_ratio" IS NULL
      )
      THEN 'nothing_to_judge'
      ELSE CAST(NULL AS TEXT)
    END IS NOT NULL
    THEN CAST(NULL AS TEXT)
    WHEN COALESCE("t37"."derived_ratio", 0.0) > "t17"."unsure_derived_ratio"
    THEN 'low'
    WHEN "t17"."only_settled" OR (
      COALESCE("t37"."derived_ratio", 0.0) > 0.0
    )
    THEN 'medium'
    WHEN "t37"."judged_items" < "t17"."sure_items"
    THEN 'medium'
    WHEN "t37"."history_days" < "t17"."sure_history_days"
    THEN 'medium'
    ELSE 'high'
  END AS "confidence"
FROM (
  SELECT
    "t35"."buyer_id",
    "t35"."currency",
    "t35"."first_issued_on",
    "t35"."last_issued_on",
    "t35"."judged_items",
    "t35"."sales_365",
    "t35"."termed_amount",
    "t35"."termed_days",
    "t35"."year_amount",
    "t35"."year_days",
    "t35"."year_squares",
    "t35"."recent_amount",
    "t35"."recent_days",
    "t35"."middle_amount",
    "t35"."middle_days",
    "t35"."older_amount",
    "t35"."older_days",
    "t35"."lost_amount",
    "t35"."lost_days",
    "t35"."lost_squares",
    "t35"."late_before_recent_amount",
    "t35"."late_before_recent_days",
    "t35"."late_before_middle_amount",
    "t35"."late_before_middle_days",
    "t35"."on_time_amount",
    "t35"."derived_amount",
    "t35"."open_amount",
    "t35"."open_days",
    "t35"."open_squares",
    "t35"."too_late_amount",
    "t35"."open_before_recent_amount",
    "t35"."open_before_recent_days",
    "t35"."open_before_middle_amount",
    "t35"."open_before_middle_days",
    "t35"."largest_paid_on_time",
    "t35"."largest_paid_in_good_time",
    "t35"."open_total",
    "t35"."not_due",
    "t35"."d1_30",
    "t35"."d31_60",
    "t35"."d61_90",
    "t35"."d91_120",
    "t35"."d121_180",
    "t35"."d181_365",
    "t35"."d_gt_365",
    "t35"."disputed",
    "t35"."under_bills",
    "t35"."credits",
    "t35"."unapplied",
    "t35"."unbilled",
    "t35"."oldest_due_on",
    "t35"."max_days_overdue",
    "t35"."open_items",
    "t35"."r_lt_1y",
    "t35"."r_1_2y",
    "t35"."r_2_3y",
    "t35"."r_gt_3y",
    "t35"."overdue",
    "t35"."net",
    "t35"."as_of",
    DATE_DIFF('DAY', "t35"."first_issued_on", "t35"."as_of") AS "history_days",
    0.0 + CAST(COALESCE("t35"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) AS "judged_amount",
    CAST(ROUND(
      CASE
        WHEN (
          0.0 + CAST(COALESCE("t35"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) > 0
        THEN (
          0.0 + CAST(COALESCE("t35"."year_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) / NULLIF(
          0.0 + CAST(COALESCE("t35"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
          0
        )
        ELSE CAST(NULL AS DOUBLE)
      END,
      1
    ) AS DOUBLE) AS "days_beyond_terms",
    CAST(ROUND(
      CASE
        WHEN (
          CAST(COALESCE("t35"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."too_late_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) > 0
        THEN CAST(COALESCE("t35"."on_time_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) / NULLIF(
          CAST(COALESCE("t35"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."too_late_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
          0
        )
        ELSE CAST(NULL AS DOUBLE)
      END,
      4
    ) AS DOUBLE) AS "on_time_ratio",
    CAST(ROUND(
      CASE
        WHEN (
          0.0 + CAST(COALESCE("t35"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) > 0
        THEN SQRT(
          GREATEST(
            (
              (
                0.0 + CAST(COALESCE("t35"."year_squares", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_squares", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_squares", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
              ) / NULLIF(
                0.0 + CAST(COALESCE("t35"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
                0
              )
            ) - (
              (
                (
                  0.0 + CAST(COALESCE("t35"."year_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
                ) / NULLIF(
                  0.0 + CAST(COALESCE("t35"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
                  0
                )
              ) * (
                (
                  0.0 + CAST(COALESCE("t35"."year_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
                ) / NULLIF(
                  0.0 + CAST(COALESCE("t35"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
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
          0.0 + CAST(COALESCE("t35"."recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) > 0
        THEN (
          0.0 + CAST(COALESCE("t35"."recent_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) / NULLIF(
          0.0 + CAST(COALESCE("t35"."recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
          0
        )
        ELSE CAST(NULL AS DOUBLE)
      END,
      1
    ) AS DOUBLE) AS "dbt_0_90",
    CAST(ROUND(
      CASE
        WHEN (
          0.0 + CAST(COALESCE("t35"."middle_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."late_before_recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_before_recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) > 0
        THEN (
          0.0 + CAST(COALESCE("t35"."middle_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."late_before_recent_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_before_recent_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) / NULLIF(
          0.0 + CAST(COALESCE("t35"."middle_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."late_before_recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_before_recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
          0
        )
        ELSE CAST(NULL AS DOUBLE)
      END,
      1
    ) AS DOUBLE) AS "dbt_91_180",
    CAST(ROUND(
      CASE
        WHEN (
          0.0 + CAST(COALESCE("t35"."older_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."late_before_middle_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_before_middle_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) > 0
        THEN (
          0.0 + CAST(COALESCE("t35"."older_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."late_before_middle_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_before_middle_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
        ) / NULLIF(
          0.0 + CAST(COALESCE("t35"."older_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."late_before_middle_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_before_middle_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
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
            0.0 + CAST(COALESCE("t35"."recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
          ) > 0
          THEN (
            0.0 + CAST(COALESCE("t35"."recent_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
          ) / NULLIF(
            0.0 + CAST(COALESCE("t35"."recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."lost_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
            0
          )
          ELSE CAST(NULL AS DOUBLE)
        END,
        1
      ) AS DOUBLE) - CAST(ROUND(
        CASE
          WHEN (
            0.0 + CAST(COALESCE("t35"."middle_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."older_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."late_before_recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_before_recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
          ) > 0
          THEN (
            0.0 + CAST(COALESCE("t35"."middle_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."older_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."late_before_recent_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_before_recent_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE)
          ) / NULLIF(
            0.0 + CAST(COALESCE("t35"."middle_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."older_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."late_before_recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."open_before_recent_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
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
        WHEN CAST(COALESCE("t35"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) > 0
        THEN CAST(COALESCE("t35"."derived_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) / NULLIF(CAST(COALESCE("t35"."year_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE), 0)
        ELSE CAST(NULL AS DOUBLE)
      END,
      4
    ) AS DOUBLE) AS "derived_ratio",
    CAST(ROUND(
      CASE
        WHEN CAST(COALESCE("t35"."open_total", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) > 0
        THEN GREATEST(CAST(COALESCE("t35"."overdue", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE), 0.0) / NULLIF(CAST(COALESCE("t35"."open_total", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE), 0)
        ELSE 0.0
      END,
      4
    ) AS DOUBLE) AS "overdue_ratio",
    CAST(ROUND(
      CASE
        WHEN CAST(COALESCE("t35"."open_total", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) > 0
        THEN GREATEST(
          0.0 + CAST(COALESCE("t35"."d61_90", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."d91_120", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."d121_180", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."d181_365", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) + CAST(COALESCE("t35"."d_gt_365", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE),
          0.0
        ) / NULLIF(CAST(COALESCE("t35"."open_total", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE), 0)
        ELSE 0.0
      END,
      4
    ) AS DOUBLE) AS "long_overdue_ratio",
    CAST(ROUND(
      CASE
        WHEN CAST(COALESCE("t35"."termed_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) > 0
        THEN CAST(COALESCE("t35"."termed_days", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) / NULLIF(CAST(COALESCE("t35"."termed_amount", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE), 0)
        ELSE CAST(NULL AS DOUBLE)
      END,
      1
    ) AS DOUBLE) AS "terms_days",
    CAST(CAST(ROUND(
      CAST(COALESCE("t35"."sales_365", CAST(0 AS DECIMAL(38, 4))) AS DOUBLE) / GREATEST(
        LEAST(GREATEST(DATE_DIFF('DAY', "t35"."first_issued_on", "t35"."as_of") + 1, 1), 365) / 30.4375,
        1.0
      ),
      4
    ) AS DOUBLE) AS DECIMAL(38, 4)) AS "monthly_sales"
  FROM (
    SELECT
      "t34"."buyer_id",
      "t34"."currency",
      "t34"."first_issued_on",
      "t34"."last_issued_on",
      "t34"."judged_items",
      "t34"."sales_365",
      "t34"."termed_amount",
      "t34"."termed_days",
      "t34"."year_amount",
      "t34"."year_days",
      "t34"."year_squares",
      "t34"."recent_amount",
      "t34"."recent_days",
      "t34"."middle_amount",
      "t34"."middle_days",
      "t34"."older_amount",
      "t34"."older_days",
      "t34"."lost_amount",
      "t34"."lost_days",
      "t34"."lost_squares",
      "t34"."late_before_recent_amount",
      "t34"."late_before_recent_days",
      "t34"."late_before_middle_amount",
      "t34"."late_before_middle_days",
      "t34"."on_time_amount",
      "t34"."derived_amount",
      "t34"."open_amount",
      "t34"."open_days",
      "t34"."open_squares",
      "t34"."too_late_amount",
      "t34"."open_before_recent_amount",
      "t34"."open_before_recent_days",
      "t34"."open_before_middle_amount",
      "t34"."open_before_middle_days",
      "t34"."largest_paid_on_time",
      "t34"."largest_paid_in_good_time",
      "t34"."open_total",
      "t34"."not_due",
      "t34"."d1_30",
      "t34"."d31_60",
      "t34"."d61_90",
      "t34"."d91_120",
      "t34"."d121_180",
      "t34"."d181_365",
      "t34"."d_gt_365",
      "t34"."disputed",
      "t34"."under_bills",
      "t34"."credits",
      "t34"."unapplied",
      "t34"."unbilled",
      "t34"."oldest_due_on",
      "t34"."max_days_overdue",
      "t34"."open_items",
      "t34"."r_lt_1y",
      "t34"."r_1_2y",
      "t34"."r_2_3y",
      "t34"."r_gt_3y",
      "t34"."overdue",
      "t34"."net",
      "t18"."as_of"
    FROM (
      SELECT
        "t32".*
        EXCLUDE ("right_currency", "right_buyer_id")
      FROM (
        SELECT
          "t31"."buyer_id",
          "t31"."currency",
          "t31"."first_issued_on",
          "t31"."last_issued_on",
          "t31"."judged_items",
          "t31"."sales_365",
          "t31"."termed_amount",
          "t31"."termed_days",
          "t31"."year_amount",
          "t31"."year_days",
          "t31"."year_squares",
          "t31"."recent_amount",
          "t31"."recent_days",
          "t31"."middle_amount",
          "t31"."middle_days",
          "t31"."older_amount",
          "t31"."older_days",
          "t31"."lost_amount",
          "t31"."lost_days",
          "t31"."lost_squares",
          "t31"."late_before_recent_amount",
          "t31"."late_before_recent_days",
          "t31"."late_before_middle_amount",
          "t31"."late_before_middle_days",
          "t31"."on_time_amount",
          "t31"."derived_amount",
          "t31"."open_amount",
          "t31"."open_days",
          "t31"."open_squares",
          "t31"."too_late_amount",
          "t31"."open_before_recent_amount",
          "t31"."open_before_recent_days",
          "t31"."open_before_middle_amount",
          "t31"."open_before_middle_days",
          "t31"."largest_paid_on_time",
          "t31"."largest_paid_in_good_time",
          "t19"."right_buyer_id",
          "t19"."right_currency",
          "t19"."open_total",
          "t19"."not_due",
          "t19"."d1_30",
          "t19"."d31_60",
          "t19"."d61_90",
          "t19"."d91_120",
          "t19"."d121_180",
          "t19"."d181_365",
          "t19"."d_gt_365",
          "t19"."disputed",
          "t19"."under_bills",
          "t19"."credits",
          "t19"."unapplied",
          "t19"."unbilled",
          "t19"."oldest_due_on",
          "t19"."max_days_overdue",
          "t19"."open_items",
          "t19"."r_lt_1y",
          "t19"."r_1_2y",
          "t19"."r_2_3y",
          "t19"."r_gt_3y",
          "t19"."overdue",
          "t19"."net"
        FROM (
          SELECT
            "t29".*
            EXCLUDE ("right_currency", "right_buyer_id")
          FROM (
            SELECT
              "t28"."buyer_id",
              "t28"."currency",
              "t28"."first_issued_on",
              "t28"."last_issued_on",
              "t28"."judged_items",
              "t28"."sales_365",
              "t28"."termed_amount",
              "t28"."termed_days",
              "t28"."year_amount",
              "t28"."year_days",
              "t28"."year_squares",
              "t28"."recent_amount",
              "t28"."recent_days",
              "t28"."middle_amount",
              "t28"."middle_days",
              "t28"."older_amount",
              "t28"."older_days",
              "t28"."lost_amount",
              "t28"."lost_days",
              "t28"."lost_squares",
              "t28"."late_before_recent_amount",
              "t28"."late_before_recent_days",
              "t28"."late_before_middle_amount",
              "t28"."late_before_middle_days",
              "t28"."on_time_amount",
              "t28"."derived_amount",
              "t28"."open_amount",
              "t28"."open_days",
              "t28"."open_squares",
              "t28"."too_late_amount",
              "t28"."open_before_recent_amount",
              "t28"."open_before_recent_days",
              "t28"."open_before_middle_amount",
              "t28"."open_before_middle_days",
              "t20"."right_buyer_id",
              "t20"."right_currency",
              "t20"."largest_paid_on_time",
              "t20"."largest_paid_in_good_time"
            FROM (
              SELECT
                "t26".*
                EXCLUDE ("right_currency", "right_buyer_id")
              FROM (
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
                  "t21"."right_buyer_id",
                  "t21"."right_currency",
                  "t21"."open_amount",
                  "t21"."open_days",
                  "t21"."open_squares",
                  "t21"."too_late_amount",
                  "t21"."open_before_recent_amount",
                  "t21"."open_before_recent_days",
                  "t21"."open_before_middle_amount",
                  "t21"."open_before_middle_days"
                FROM (
                  SELECT
                    "t23".*
                    EXCLUDE ("right_currency", "right_buyer_id")
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
                      "t22"."right_buyer_id",
                      "t22"."right_currency",
                      "t22"."year_amount",
                      "t22"."year_days",
                      "t22"."year_squares",
                      "t22"."recent_amount",
                      "t22"."recent_days",
                      "t22"."middle_amount",
                      "t22"."middle_days",
                      "t22"."older_amount",
                      "t22"."older_days",
                      "t22"."lost_amount",
                      "t22"."lost_days",
                      "t22"."lost_squares",
                      "t22"."late_before_recent_amount",
                      "t22"."late_before_recent_days",
                      "t22"."late_before_middle_amount",
                      "t22"."late_before_middle_days",
                      "t22"."on_time_amount",
                      "t22"."derived_amount"
                    FROM "account_activity" AS "t8"
                    LEFT OUTER JOIN (
                      SELECT
                        "t7"."buyer_id" AS "right_buyer_id",
                        "t7"."currency" AS "right_currency",
                        "t7"."year_amount",
                        "t7"."year_days",
                        "t7"."year_squares",
                        "t7"."recent_amount",
                        "t7"."recent_days",
                        "t7"."middle_amount",
                        "t7"."middle_days",
                        "t7"."older_amount",
                        "t7"."older_days",
                        "t7"."lost_amount",
                        "t7"."lost_days",
                        "t7"."lost_squares",
                        "t7"."late_before_recent_amount",
                        "t7"."late_before_recent_days",
                        "t7"."late_before_middle_amount",
                        "t7"."late_before_middle_days",
                        "t7"."on_time_amount",
                        "t7"."derived_amount"
                      FROM "settled_sums" AS "t7"
                    ) AS "t22"
                      ON "t8"."buyer_id" = "t22"."right_buyer_id"
                      AND "t8"."currency" = "t22"."right_currency"
                  ) AS "t23"
                ) AS "t25"
                LEFT OUTER JOIN (
                  SELECT
                    "t5"."buyer_id" AS "right_buyer_id",
                    "t5"."currency" AS "right_currency",
                    "t5"."open_amount",
                    "t5"."open_days",
                    "t5"."open_squares",
                    "t5"."too_late_amount",
                    "t5"."open_before_recent_amount",
                    "t5"."open_before_recent_days",
                    "t5"."open_before_middle_amount",
                    "t5"."open_before_middle_days"
                  FROM "overdue_sums" AS "t5"
                ) AS "t21"
                  ON "t25"."buyer_id" = "t21"."right_buyer_id"
                  AND "t25"."currency" = "t21"."right_currency"
              ) AS "t26"
            ) AS "t28"
            LEFT OUTER JOIN (
              SELECT
                "t4"."buyer_id" AS "right_buyer_id",
                "t4"."currency" AS "right_currency",
                "t4"."largest_paid_on_time",
                "t4"."largest_paid_in_good_time"
              FROM "highest_paid" AS "t4"
            ) AS "t20"
              ON "t28"."buyer_id" = "t20"."right_buyer_id"
              AND "t28"."currency" = "t20"."right_currency"
          ) AS "t29"
        ) AS "t31"
        LEFT OUTER JOIN (
          SELECT
            "t3"."buyer_id" AS "right_buyer_id",
            "t3"."currency" AS "right_currency",
            "t3"."open_total",
            "t3"."not_due",
            "t3"."d1_30",
            "t3"."d31_60",
            "t3"."d61_90",
            "t3"."d91_120",
            "t3"."d121_180",
            "t3"."d181_365",
            "t3"."d_gt_365",
            "t3"."disputed",
            "t3"."under_bills",
            "t3"."credits",
            "t3"."unapplied",
            "t3"."unbilled",
            "t3"."oldest_due_on",
            "t3"."max_days_overdue",
            "t3"."open_items",
            "t3"."r_lt_1y",
            "t3"."r_1_2y",
            "t3"."r_2_3y",
            "t3"."r_gt_3y",
            "t3"."overdue",
            "t3"."net"
          FROM "aged_accounts" AS "t3"
        ) AS "t19"
          ON "t31"."buyer_id" = "t19"."right_buyer_id"
          AND "t31"."currency" = "t19"."right_currency"
      ) AS "t32"
    ) AS "t34"
    CROSS JOIN (
      SELECT
        "t2"."as_of"
      FROM "clock" AS "t2"
    ) AS "t18"
  ) AS "t35"
) AS "t37"
LEFT OUTER JOIN (
  SELECT
    *
  FROM "ladder" AS "t0"
) AS "t16"
  ON "t37"."days_beyond_terms" >= "t16"."from_days"
  AND "t37"."days_beyond_terms" < "t16"."to_days"
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
