WITH "t15" AS (
  SELECT
    "t8"."buyer_id",
    "t8"."name",
    "t8"."country",
    "t8"."currency",
    "t8"."open_total",
    "t8"."not_due",
    "t8"."d1_30",
    "t8"."d31_60",
    "t8"."d61_90",
    "t8"."d91_120",
    "t8"."d121_180",
    "t8"."d181_365",
    "t8"."d_gt_365",
    "t8"."overdue",
    "t8"."disputed",
    "t8"."under_bills",
    "t8"."credits",
    "t8"."unapplied",
    "t8"."unbilled",
    "t8"."net",
    "t8"."r_lt_1y",
    "t8"."r_1_2y",
    "t8"."r_2_3y",
    "t8"."r_gt_3y",
    "t8"."oldest_due_on",
    "t8"."max_days_overdue",
    "t8"."open_items",
    "t8"."days_beyond_terms",
    "t8"."payment_index",
    "t8"."on_time_ratio",
    "t8"."trend_days",
    "t8"."volatility_days",
    "t8"."largest_paid_on_time",
    "t8"."history_days",
    "t8"."judged_items",
    "t8"."dbt_0_90",
    "t8"."dbt_91_180",
    "t8"."dbt_181_365",
    "t8"."overdue_ratio",
    "t8"."long_overdue_ratio",
    "t8"."monthly_sales",
    "t8"."terms_days",
    "t8"."derived_ratio",
    "t8"."confidence",
    "t8"."first_issued_on",
    "t8"."last_issued_on",
    "t8"."health_score",
    "t8"."grade",
    "t8"."not_rated_reason",
    "t8"."reasons",
    "t8"."counterfactuals",
    "t8"."limit_recommended",
    "t8"."limit_binding",
    "t8"."limit_formulas",
    "t8"."share_of_open",
    "t14"."call_days",
    "t14"."hold_days",
    "t14"."demand_days",
    "t14"."hand_over_days"
  FROM "account_report" AS "t8"
  CROSS JOIN (
    SELECT
      "t6"."call_days",
      "t6"."hold_days",
      "t6"."demand_days",
      "t6"."hand_over_days"
    FROM "settings" AS "t6"
  ) AS "t14"
)
SELECT
  "t32"."rank",
  "t32"."buyer_id",
  "t32"."name",
  "t32"."currency",
  "t32"."action",
  "t32"."stake",
  "t32"."reason",
  "t32"."params",
  "t32"."due_on",
  "t32"."share_of_open"
FROM (
  SELECT
    "t31"."buyer_id",
    "t12"."name",
    "t31"."currency",
    "t31"."action",
    "t31"."stake",
    "t31"."reason",
    "t31"."params",
    "t31"."due_on",
    "t31"."share_of_open",
    (
      ROW_NUMBER() OVER (
        ORDER BY "t31"."urgency" DESC, "t31"."stake" DESC, "t31"."buyer_id" ASC, "t31"."action" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - 1
    ) + 1 AS "rank"
  FROM (
    SELECT
      "t29"."buyer_id",
      "t29"."currency",
      "t29"."action",
      "t29"."stake",
      "t29"."reason",
      "t29"."params",
      "t29"."due_on",
      "t29"."total_currency",
      "t29"."whole",
      "t29"."weight",
      CAST(ROUND(
        CASE
          WHEN CAST("t29"."whole" AS DOUBLE) > 0
          THEN CAST("t29"."stake" AS DOUBLE) / NULLIF(CAST("t29"."whole" AS DOUBLE), 0)
          ELSE 0.0
        END,
        6
      ) AS DOUBLE) AS "share_of_open",
      CASE
        WHEN CAST("t29"."whole" AS DOUBLE) > 0
        THEN CAST("t29"."stake" AS DOUBLE) / NULLIF(CAST("t29"."whole" AS DOUBLE), 0)
        ELSE 0.0
      END * "t29"."weight" AS "urgency"
    FROM (
      SELECT
        "t28"."buyer_id",
        "t28"."currency",
        "t28"."action",
        "t28"."stake",
        "t28"."reason",
        "t28"."params",
        "t28"."due_on",
        "t13"."total_currency",
        "t13"."whole",
        "t7"."weight"
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
          ) AS "t16"
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
          ) AS "t17"
        ) AS "t19"
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
                "t18"."buyer_id",
                "t18"."currency",
                CASE
                  WHEN "t18"."max_days_overdue" >= "t18"."hand_over_days"
                  THEN 'hand_over'
                  WHEN "t18"."max_days_overdue" >= "t18"."demand_days"
                  THEN 'demand'
                  ELSE 'call'
                END AS "action",
                "t18"."overdue" AS "stake",
                'overdue' AS "reason",
                '{' || '"days": ' || COALESCE(CAST("t18"."max_days_overdue" AS TEXT), 'null') || '}' AS "params",
                "t18"."oldest_due_on" AS "due_on"
              FROM "t15" AS "t18"
              WHERE
                "t18"."max_days_overdue" >= "t18"."call_days" AND "t18"."overdue" > 0
            ) AS "t20"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t18"."buyer_id",
                "t18"."currency",
                'hold_orders' AS "action",
                "t18"."overdue" AS "stake",
                'overdue_beyond_hold' AS "reason",
                '{' || '"days": ' || COALESCE(CAST("t18"."max_days_overdue" AS TEXT), 'null') || ', "hold_days": ' || COALESCE(CAST("t18"."hold_days" AS TEXT), 'null') || '}' AS "params",
                "t18"."oldest_due_on" AS "due_on"
              FROM "t15" AS "t18"
              WHERE
                "t18"."max_days_overdue" >= "t18"."hold_days" AND "t18"."overdue" > 0
            ) AS "t22"
          ) AS "t24"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              *
            FROM (
              SELECT
                "t18"."buyer_id",
                "t18"."currency",
                'review_limit' AS "action",
                (
                  "t18"."open_total" + "t18"."unbilled"
                ) - "t18"."limit_recommended" AS "stake",
                'above_limit' AS "reason",
                '{' || '"limit": ' || COALESCE(CAST("t18"."limit_recommended" AS TEXT), 'null') || ', "exposure": ' || COALESCE(CAST("t18"."open_total" + "t18"."unbilled" AS TEXT), 'null') || '}' AS "params",
                CAST(NULL AS DATE) AS "due_on"
              FROM "t15" AS "t18"
              WHERE
                "t18"."limit_recommended" IS NOT NULL
                AND (
                  "t18"."open_total" + "t18"."unbilled"
                ) > "t18"."limit_recommended"
            ) AS "t23"
            UNION ALL
            SELECT
              *
            FROM (
              SELECT
                "t18"."buyer_id",
                "t18"."currency",
                'check_unapplied' AS "action",
                LEAST("t18"."unapplied", "t18"."open_total") AS "stake",
                'unapplied_receipts' AS "reason",
                '{' || '"unapplied": ' || COALESCE(CAST("t18"."unapplied" AS TEXT), 'null') || '}' AS "params",
                CAST(NULL AS DATE) AS "due_on"
              FROM "t15" AS "t18"
              WHERE
                "t18"."unapplied" > 0 AND "t18"."open_total" > 0
            ) AS "t21"
          ) AS "t25"
        ) AS "t26"
      ) AS "t28"
      INNER JOIN (
        SELECT
          "t2"."currency" AS "total_currency",
          "t2"."open_total" AS "whole"
        FROM "currency_totals" AS "t2"
      ) AS "t13"
        ON "t28"."currency" = "t13"."total_currency"
      INNER JOIN "weights" AS "t7"
        ON "t28"."action" = "t7"."action"
    ) AS "t29"
  ) AS "t31"
  LEFT OUTER JOIN (
    SELECT
      "t0"."buyer_id" AS "named_id",
      "t0"."name"
    FROM "buyers" AS "t0"
  ) AS "t12"
    ON "t31"."buyer_id" = "t12"."named_id"
) AS "t32"
ORDER BY
  "t32"."rank" ASC
