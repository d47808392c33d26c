SELECT
  *
FROM (
  SELECT
    "t19"."buyer_id",
    "t10"."name",
    "t10"."country",
    "t19"."currency",
    "t19"."open_total",
    "t19"."not_due",
    "t19"."d1_30",
    "t19"."d31_60",
    "t19"."d61_90",
    "t19"."d91_120",
    "t19"."d121_180",
    "t19"."d181_365",
    "t19"."d_gt_365",
    "t19"."overdue",
    "t19"."disputed",
    "t19"."under_bills",
    "t19"."credits",
    "t19"."unapplied",
    "t19"."unbilled",
    "t19"."net",
    "t19"."r_lt_1y",
    "t19"."r_1_2y",
    "t19"."r_2_3y",
    "t19"."r_gt_3y",
    "t19"."oldest_due_on",
    "t19"."max_days_overdue",
    "t19"."open_items",
    "t19"."days_beyond_terms",
    "t19"."payment_index",
    "t19"."on_time_ratio",
    "t19"."trend_days",
    "t19"."volatility_days",
    "t19"."largest_paid_on_time",
    "t19"."history_days",
    "t19"."judged_items",
    "t19"."dbt_0_90",
    "t19"."dbt_91_180",
    "t19"."dbt_181_365",
    "t19"."overdue_ratio",
    "t19"."long_overdue_ratio",
    "t19"."monthly_sales",
    "t19"."terms_days",
    "t19"."derived_ratio",
    "t19"."confidence",
    "t19"."first_issued_on",
    "t19"."last_issued_on",
    "t19"."health_score",
    "t19"."grade",
    "t19"."not_rated_reason",
    "t19"."reasons",
    "t19"."counterfactuals",
    "t19"."limit_recommended",
    "t19"."limit_binding",
    "t19"."limit_formulas",
    CAST(ROUND(
      CASE
        WHEN CAST("t11"."whole" AS DOUBLE) > 0
        THEN CAST("t19"."open_total" AS DOUBLE) / NULLIF(CAST("t11"."whole" AS DOUBLE), 0)
        ELSE 0.0
      END,
      6
    ) AS DOUBLE) AS "share_of_open"
  FROM (
    SELECT
      "t17".*
      EXCLUDE ("right_currency", "right_buyer_id")
    FROM (
      SELECT
        "t16"."buyer_id",
        "t16"."currency",
        "t16"."first_issued_on",
        "t16"."last_issued_on",
        "t16"."judged_items",
        "t16"."sales_365",
        "t16"."termed_amount",
        "t16"."termed_days",
        "t16"."year_amount",
        "t16"."year_days",
        "t16"."year_squares",
        "t16"."recent_amount",
        "t16"."recent_days",
        "t16"."middle_amount",
        "t16"."middle_days",
        "t16"."older_amount",
        "t16"."older_days",
        "t16"."lost_amount",
        "t16"."lost_days",
        "t16"."lost_squares",
        "t16"."late_before_recent_amount",
        "t16"."late_before_recent_days",
        "t16"."late_before_middle_amount",
        "t16"."late_before_middle_days",
        "t16"."on_time_amount",
        "t16"."derived_amount",
        "t16"."open_amount",
        "t16"."open_days",
        "t16"."open_squares",
        "t16"."too_late_amount",
        "t16"."open_before_recent_amount",
        "t16"."open_before_recent_days",
        "t16"."open_before_middle_amount",
        "t16"."open_before_middle_days",
        "t16"."largest_paid_on_time",
        "t16"."largest_paid_in_good_time",
        "t16"."open_total",
        "t16"."not_due",
        "t16"."d1_30",
        "t16"."d31_60",
        "t16"."d61_90",
        "t16"."d91_120",
        "t16"."d121_180",
        "t16"."d181_365",
        "t16"."d_gt_365",
        "t16"."disputed",
        "t16"."under_bills",
        "t16"."credits",
        "t16"."unapplied",
        "t16"."unbilled",
        "t16"."oldest_due_on",
        "t16"."max_days_overdue",
        "t16"."open_items",
        "t16"."r_lt_1y",
        "t16"."r_1_2y",
        "t16"."r_2_3y",
        "t16"."r_gt_3y",
        "t16"."overdue",
        "t16"."net",
        "t16"."as_of",
        "t16"."history_days",
        "t16"."judged_amount",
        "t16"."days_beyond_terms",
        "t16"."on_time_ratio",
        "t16"."volatility_days",
        "t16"."dbt_0_90",
        "t16"."dbt_91_180",
        "t16"."dbt_181_365",
        "t16"."trend_days",
        "t16"."derived_ratio",
        "t16"."overdue_ratio",
        "t16"."long_overdue_ratio",
        "t16"."terms_days",
        "t16"."monthly_sales",
        "t16"."payment_index",
        "t16"."not_rated_reason",
        "t16"."confidence",
        "t16"."health_score",
        "t16"."grade",
        "t16"."next_score",
        "t16"."reasons",
        "t16"."limit_recommended",
        "t16"."limit_binding",
        "t16"."limit_formulas",
        "t12"."right_buyer_id",
        "t12"."right_currency",
        "t12"."counterfactuals"
      FROM (
        SELECT
          "t14".*
          EXCLUDE ("right_currency", "right_buyer_id")
        FROM (
          SELECT
            "t5"."buyer_id",
            "t5"."currency",
            "t5"."first_issued_on",
            "t5"."last_issued_on",
            "t5"."judged_items",
            "t5"."sales_365",
            "t5"."termed_amount",
            "t5"."termed_days",
            "t5"."year_amount",
            "t5"."year_days",
            "t5"."year_squares",
            "t5"."recent_amount",
            "t5"."recent_days",
            "t5"."middle_amount",
            "t5"."middle_days",
            "t5"."older_amount",
            "t5"."older_days",
            "t5"."lost_amount",
            "t5"."lost_days",
            "t5"."lost_squares",
            "t5"."late_before_recent_amount",
            "t5"."late_before_recent_days",
            "t5"."late_before_middle_amount",
            "t5"."late_before_middle_days",
            "t5"."on_time_amount",
            "t5"."derived_amount",
            "t5"."open_amount",
            "t5"."open_days",
            "t5"."open_squares",
            "t5"."too_late_amount",
            "t5"."open_before_recent_amount",
            "t5"."open_before_recent_days",
            "t5"."open_before_middle_amount",
            "t5"."open_before_middle_days",
            "t5"."largest_paid_on_time",
            "t5"."largest_paid_in_good_time",
            "t5"."open_total",
            "t5"."not_due",
            "t5"."d1_30",
            "t5"."d31_60",
            "t5"."d61_90",
            "t5"."d91_120",
            "t5"."d121_180",
            "t5"."d181_365",
            "t5"."d_gt_365",
            "t5"."disputed",
            "t5"."under_bills",
            "t5"."credits",
            "t5"."unapplied",
            "t5"."unbilled",
            "t5"."oldest_due_on",
            "t5"."max_days_overdue",
            "t5"."open_items",
            "t5"."r_lt_1y",
            "t5"."r_1_2y",
            "t5"."r_2_3y",
            "t5"."r_gt_3y",
            "t5"."overdue",
            "t5"."net",
            "t5"."as_of",
            "t5"."history_days",
            "t5"."judged_amount",
            "t5"."days_beyond_terms",
            "t5"."on_time_ratio",
            "t5"."volatility_days",
            "t5"."dbt_0_90",
            "t5"."dbt_91_180",
            "t5"."dbt_181_365",
            "t5"."trend_days",
            "t5"."derived_ratio",
            "t5"."overdue_ratio",
            "t5"."long_overdue_ratio",
            "t5"."terms_days",
            "t5"."monthly_sales",
            "t5"."payment_index",
            "t5"."not_rated_reason",
            "t5"."confidence",
            "t5"."health_score",
            "t5"."grade",
            "t5"."next_score",
            "t5"."reasons",
            "t13"."right_buyer_id",
            "t13"."right_currency",
            "t13"."limit_recommended",
            "t13"."limit_binding",
            "t13"."limit_formulas"
          FROM "graded" AS "t5"
          LEFT OUTER JOIN (
            SELECT
              "t4"."buyer_id" AS "right_buyer_id",
              "t4"."currency" AS "right_currency",
              "t4"."limit_recommended",
              "t4"."limit_binding",
              "t4"."limit_formulas"
            FROM "limits" AS "t4"
          ) AS "t13"
            ON "t5"."buyer_id" = "t13"."right_buyer_id"
            AND "t5"."currency" = "t13"."right_currency"
        ) AS "t14"
      ) AS "t16"
      LEFT OUTER JOIN (
        SELECT
          "t2"."buyer_id" AS "right_buyer_id",
          "t2"."currency" AS "right_currency",
          "t2"."counterfactuals"
        FROM "counterfactuals" AS "t2"
      ) AS "t12"
        ON "t16"."buyer_id" = "t12"."right_buyer_id"
        AND "t16"."currency" = "t12"."right_currency"
    ) AS "t17"
  ) AS "t19"
  LEFT OUTER JOIN (
    SELECT
      "t0"."buyer_id" AS "named_id",
      "t0"."name",
      "t0"."country"
    FROM "buyers" AS "t0"
  ) AS "t10"
    ON "t19"."buyer_id" = "t10"."named_id"
  LEFT OUTER JOIN (
    SELECT
      "t1"."currency" AS "total_currency",
      "t1"."open_total" AS "whole"
    FROM "currency_totals" AS "t1"
  ) AS "t11"
    ON "t19"."currency" = "t11"."total_currency"
) AS "t20"
ORDER BY
  "t20"."currency" ASC,
  "t20"."open_total" DESC,
  "t20"."buyer_id" ASC
