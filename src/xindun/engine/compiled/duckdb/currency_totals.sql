SELECT
  *
FROM (
  SELECT
    "t0"."currency",
    SUM("t0"."open_total") AS "open_total",
    SUM("t0"."credits") AS "credits",
    SUM("t0"."unapplied") AS "unapplied",
    SUM("t0"."net") AS "net",
    SUM("t0"."not_due") AS "not_due",
    SUM("t0"."d1_30") AS "d1_30",
    SUM("t0"."d31_60") AS "d31_60",
    SUM("t0"."d61_90") AS "d61_90",
    SUM("t0"."d91_120") AS "d91_120",
    SUM("t0"."d121_180") AS "d121_180",
    SUM("t0"."d181_365") AS "d181_365",
    SUM("t0"."d_gt_365") AS "d_gt_365",
    SUM("t0"."overdue") AS "overdue",
    SUM("t0"."disputed") AS "disputed",
    SUM("t0"."under_bills") AS "under_bills",
    SUM("t0"."unbilled") AS "unbilled",
    SUM("t0"."r_lt_1y") AS "r_lt_1y",
    SUM("t0"."r_1_2y") AS "r_1_2y",
    SUM("t0"."r_2_3y") AS "r_2_3y",
    SUM("t0"."r_gt_3y") AS "r_gt_3y",
    COUNT(*) AS "accounts",
    SUM("t0"."open_items") AS "open_items"
  FROM "graded" AS "t0"
  GROUP BY
    1
) AS "t1"
ORDER BY
  "t1"."currency" ASC
