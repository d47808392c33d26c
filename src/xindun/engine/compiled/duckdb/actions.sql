WITH "t21" AS (
  SELECT
    "t9"."buyer_id",
    "t9"."currency",
    "t9"."first_issued_on",
    "t9"."last_issued_on",
    "t9"."judged_items",
    "t9"."sales_365",
    "t9"."termed_amount",
    "t9"."termed_days",
    "t9"."year_amount",
    "t9"."year_days",
    "t9"."year_squares",
    "t9"."recent_amount",
    "t9"."recent_days",
    "t9"."middle_amount",
    "t9"."middle_days",
    "t9"."older_amount",
    "t9"."older_days",
    "t9"."lost_amount",
    "t9"."lost_days",
    "t9"."lost_squares",
    "t9"."late_before_recent_amount",
    "t9"."late_before_recent_days",
    "t9"."late_before_middle_amount",
    "t9"."late_before_middle_days",
    "t9"."on_time_amount",
    "t9"."derived_amount",
    "t9"."undated_amount",
    "t9"."open_amount",
    "t9"."open_days",
    "t9"."open_squares",
    "t9"."too_late_amount",
    "t9"."open_before_recent_amount",
    "t9"."open_before_recent_days",
    "t9"."open_before_middle_amount",
    "t9"."open_before_middle_days",
    "t9"."largest_paid_on_time",
    "t9"."largest_paid_in_good_time",
    "t9"."open_total",
    "t9"."not_due",
    "t9"."d1_30",
    "t9"."d31_60",
    "t9"."d61_90",
    "t9"."d91_120",
    "t9"."d121_180",
    "t9"."d181_365",
    "t9"."d_gt_365",
    "t9"."disputed",
    "t9"."under_bills",
    "t9"."credits",
    "t9"."unapplied",
    "t9"."unbilled",
    "t9"."oldest_due_on",
    "t9"."max_days_overdue",
    "t9"."open_items",
    "t9"."r_lt_1y",
    "t9"."r_1_2y",
    "t9"."r_2_3y",
    "t9"."r_gt_3y",
    "t9"."overdue",
    "t9"."net",
    "t9"."as_of",
    "t9"."history_days",
    "t9"."judged_amount",
    "t9"."days_beyond_terms",
    "t9"."on_time_ratio",
    "t9"."volatility_days",
    "t9"."dbt_0_90",
    "t9"."dbt_91_180",
    "t9"."dbt_181_365",
    "t9"."trend_days",
    "t9"."derived_ratio",
    "t9"."overdue_ratio",
    "t9"."long_overdue_ratio",
    "t9"."terms_days",
    "t9"."monthly_sales",
    "t9"."payment_index",
    "t9"."not_rated_reason",
    "t9"."confidence",
    "t9"."health_score",
    "t9"."grade",
    "t9"."next_score",
    "t9"."reasons",
    "t16"."limit_recommended",
    "t16"."limit_binding",
    "t16"."capped_buyer",
    "t16"."capped_in",
    "t17"."call_days",
    "t17"."hold_days",
    "t17"."demand_days",
    "t17"."hand_over_days"
  FROM "graded" AS "t9"
  INNER JOIN (
    SELECT
      "t6"."limit_recommended",
      "t6"."limit_binding",
      "t6"."buyer_id" AS "capped_buyer",
      "t6"."currency" AS "capped_in"
    FROM "limits" AS "t6"
  ) AS "t16"
    ON "t9"."buyer_id" = "t16"."capped_buyer" AND "t9"."currency" = "t16"."capped_in"
  CROSS JOIN (
    SELECT
      "t7"."call_days",
      "t7"."hold_days",
      "t7"."demand_days",
      "t7"."hand_over_days"
    FROM "settings" AS "t7"
  ) AS "t17"
)
SELECT
  "t35"."rank",
  "t35"."buyer_id",
  "t35"."name",
  "t35"."currency",
  "t35"."action",
  "t35"."stake",
  "t35"."reason",
  "t35"."params",
  "t35"."due_on",
  "t35"."share_of_open"
FROM (
  SELECT
    "t34"."buyer_id",
    "t14"."name",
    "t34"."currency",
    "t34"."action",
    "t34"."stake",
    "t34"."reason",
    "t34"."params",
    "t34"."due_on",
    "t34"."share_of_open",
    (
      ROW_NUMBER() OVER (
        ORDER BY "t34"."urgency" DESC, "t34"."stake" DESC, "t34"."buyer_id" ASC, "t34"."action" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - 1
    ) + 1 AS "rank"
  FROM (
    SELECT
      "t32"."buyer_id",
      "t32"."currency",
      "t32"."action",
      "t32"."stake",
      "t32"."reason",
      "t32"."params",
      "t32"."due_on",
      "t32"."total_currency",
      "t32"."whole",
      "t32"."weight",
      CAST(ROUND(
        CASE
          WHEN CAST("t32"."whole" AS DOUBLE) > 0
          THEN CAST("t32"."stake" AS DOUBLE) / NULLIF(CAST("t32"."whole" AS DOUBLE), 0)
          ELSE 0.0
        END,
        6
      ) AS DOUBLE) AS "share_of_open",
      CASE
        WHEN CAST("t32"."whole" AS DOUBLE) > 0
        THEN CAST("t32"."stake" AS DOUBLE) / NULLIF(CAST("t32"."whole" AS DOUBLE), 0)
        ELSE 0.0
      END * "t32"."weight" AS "urgency"
    FROM (
      SELECT
        "t31"."buyer_id",
        "t31"."currency",
        "t31"."action",
        "t31"."stake",
        "t31"."reason",
        "t31"."params",
        "t31"."due_on",
        "t15"."total_currency",
        "t15"."whole",
        "t8"."weight"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t3"."buyer_id",
              "t3"."currency",
              'remind' AS "action",
              "t3"."soon_amount" AS "stake",
              'due_soon' AS "reason",
              '{' || '"amount": ' || COALESCE(CAST("t3"."soon_amount" AS TEXT), 'null') || '}' AS "params",
              "t3"."soon_due_on" AS "due_on"
            FROM "due_soon" AS "t3"
          ) AS "t18"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t4"."buyer_id",
              "t4"."currency",
              'chase_bill' AS "action",
              "t4"."amount" AS "stake",
              "t4"."reason",
              '{' || '"bills": ' || COALESCE(CAST("t4"."bills" AS TEXT), 'null') || '}' AS "params",
              "t4"."deadline" AS "due_on"
            FROM "bill_clocks" AS "t4"
          ) AS "t19"
        ) AS "t20"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t22"."buyer_id",
                "t22"."currency",
                CASE
                  WHEN "t22"."max_days_overdue" >= "t22"."hand_over_days"
                  THEN 'hand_over'
                  WHEN "t22"."max_days_overdue" >= "t22"."demand_days"
                  THEN 'demand'
                  ELSE 'call'
                END AS "action",
                "t22"."overdue" AS "stake",
                'overdue' AS "reason",
                '{' || '"days": ' || COALESCE(CAST("t22"."max_days_overdue" AS TEXT), 'null') || '}' AS "params",
                "t22"."oldest_due_on" AS "due_on"
              FROM "t21" AS "t22"
              WHERE
                "t22"."max_days_overdue" >= "t22"."call_days" AND "t22"."overdue" > 0
            ) AS "t23"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t22"."buyer_id",
                "t22"."currency",
                'hold_orders' AS "action",
                "t22"."overdue" AS "stake",
                'overdue_beyond_hold' AS "reason",
                '{' || '"days": ' || COALESCE(CAST("t22"."max_days_overdue" AS TEXT), 'null') || ', "hold_days": ' || COALESCE(CAST("t22"."hold_days" AS TEXT), 'null') || '}' AS "params",
                "t22"."oldest_due_on" AS "due_on"
              FROM "t21" AS "t22"
              WHERE
                "t22"."max_days_overdue" >= "t22"."hold_days" AND "t22"."overdue" > 0
            ) AS "t25"
          ) AS "t27"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t22"."buyer_id",
                "t22"."currency",
                'review_limit' AS "action",
                (
                  "t22"."open_total" + "t22"."unbilled"
                ) - "t22"."limit_recommended" AS "stake",
                'above_limit' AS "reason",
                '{' || '"limit": ' || COALESCE(CAST("t22"."limit_recommended" AS TEXT), 'null') || ', "exposure": ' || COALESCE(CAST("t22"."open_total" + "t22"."unbilled" AS TEXT), 'null') || '}' AS "params",
                CAST(NULL AS DATE) AS "due_on"
              FROM "t21" AS "t22"
              WHERE
                "t22"."limit_binding" <> 'overdue_hold'
                AND (
                  "t22"."open_total" + "t22"."unbilled"
                ) > "t22"."limit_recommended"
            ) AS "t26"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t22"."buyer_id",
                "t22"."currency",
                'check_unapplied' AS "action",
                LEAST("t22"."unapplied", "t22"."open_total") AS "stake",
                'unapplied_receipts' AS "reason",
                '{' || '"unapplied": ' || COALESCE(CAST("t22"."unapplied" AS TEXT), 'null') || '}' AS "params",
                CAST(NULL AS DATE) AS "due_on"
              FROM "t21" AS "t22"
              WHERE
                "t22"."unapplied" > 0 AND "t22"."open_total" > 0
            ) AS "t24"
          ) AS "t28"
        ) AS "t29"
      ) AS "t31"
      INNER JOIN (
        SELECT
          "t2"."currency" AS "total_currency",
          "t2"."open_total" AS "whole"
        FROM "currency_totals" AS "t2"
      ) AS "t15"
        ON "t31"."currency" = "t15"."total_currency"
      INNER JOIN "weights" AS "t8"
        ON "t31"."action" = "t8"."action"
    ) AS "t32"
  ) AS "t34"
  LEFT OUTER JOIN (
    SELECT
      "t0"."buyer_id" AS "named_id",
      "t0"."name"
    FROM "buyers" AS "t0"
  ) AS "t14"
    ON "t34"."buyer_id" = "t14"."named_id"
) AS "t35"
ORDER BY
  "t35"."rank" ASC
