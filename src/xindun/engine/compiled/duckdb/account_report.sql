SELECT
  *
FROM (
  SELECT
    "t5"."buyer_id",
    "t12"."name",
    "t12"."country",
    "t5"."currency",
    "t5"."open_total",
    "t5"."not_due",
    "t5"."d1_30",
    "t5"."d31_60",
    "t5"."d61_90",
    "t5"."d91_120",
    "t5"."d121_180",
    "t5"."d181_365",
    "t5"."d_gt_365",
    "t5"."overdue",
    "t5"."disputed",
    "t5"."under_bills",
    "t5"."credits",
    "t5"."unapplied",
    "t5"."unbilled",
    "t5"."net",
    "t5"."r_lt_1y",
    "t5"."r_1_2y",
    "t5"."r_2_3y",
    "t5"."r_gt_3y",
    "t5"."oldest_due_on",
    "t5"."max_days_overdue",
    "t5"."open_items",
    "t5"."days_beyond_terms",
    "t5"."payment_index",
    "t5"."on_time_ratio",
    "t5"."trend_days",
    "t5"."volatility_days",
    "t5"."largest_paid_on_time",
    "t5"."history_days",
    "t5"."judged_items",
    "t5"."dbt_0_90",
    "t5"."dbt_91_180",
    "t5"."dbt_181_365",
    "t5"."overdue_ratio",
    "t5"."long_overdue_ratio",
    "t5"."monthly_sales",
    "t5"."terms_days",
    "t5"."derived_ratio",
    "t5"."confidence",
    "t5"."first_issued_on",
    "t5"."last_issued_on",
    "t5"."health_score",
    "t5"."grade",
    "t5"."not_rated_reason",
    "t5"."reasons",
    "t11"."counterfactuals",
    "t10"."limit_recommended",
    "t10"."limit_binding",
    "t10"."limit_formulas",
    CAST(ROUND(
      CASE
        WHEN CAST("t13"."whole" AS DOUBLE) > 0
        THEN CAST("t5"."open_total" AS DOUBLE) / NULLIF(CAST("t13"."whole" AS DOUBLE), 0)
        ELSE 0.0
      END,
      6
    ) AS DOUBLE) AS "share_of_open"
  FROM "graded" AS "t5"
  LEFT OUTER JOIN (
    SELECT
      "t1"."buyer_id" AS "right_buyer_id",
      "t1"."currency" AS "right_currency",
      "t1"."limit_recommended",
      "t1"."limit_binding",
      "t1"."limit_formulas"
    FROM "limits" AS "t1"
  ) AS "t10"
    ON "t5"."buyer_id" = "t10"."right_buyer_id"
    AND "t5"."currency" = "t10"."right_currency"
  LEFT OUTER JOIN (
    SELECT
      "t2"."buyer_id" AS "right_buyer_id",
      "t2"."currency" AS "right_currency",
      "t2"."counterfactuals"
    FROM "counterfactuals" AS "t2"
  ) AS "t11"
    ON "t5"."buyer_id" = "t11"."right_buyer_id"
    AND "t5"."currency" = "t11"."right_currency"
  LEFT OUTER JOIN (
    SELECT
      "t3"."buyer_id" AS "named_id",
      "t3"."name",
      "t3"."country"
    FROM "buyers" AS "t3"
  ) AS "t12"
    ON "t5"."buyer_id" = "t12"."named_id"
  LEFT OUTER JOIN (
    SELECT
      "t4"."currency" AS "total_currency",
      "t4"."open_total" AS "whole"
    FROM "currency_totals" AS "t4"
  ) AS "t13"
    ON "t5"."currency" = "t13"."total_currency"
) AS "t14"
ORDER BY
  "t14"."currency" ASC,
  "t14"."open_total" DESC,
  "t14"."buyer_id" ASC
