SELECT
  *
FROM (
  SELECT
    "t2"."buyer_id",
    "t4"."name",
    "t4"."country",
    "t2"."currency",
    "t2"."open_total",
    "t2"."not_due",
    "t2"."d1_30",
    "t2"."d31_60",
    "t2"."d61_90",
    "t2"."d91_120",
    "t2"."d121_180",
    "t2"."d181_365",
    "t2"."d_gt_365",
    "t2"."overdue",
    "t2"."disputed",
    "t2"."under_bills",
    "t2"."credits",
    "t2"."unapplied",
    "t2"."unbilled",
    "t2"."net",
    "t2"."oldest_due_on",
    "t2"."max_days_overdue",
    "t2"."open_items",
    "t2"."r_lt_1y",
    "t2"."r_1_2y",
    "t2"."r_2_3y",
    "t2"."r_gt_3y"
  FROM "aged_accounts" AS "t2"
  LEFT OUTER JOIN (
    SELECT
      "t1"."buyer_id",
      "t1"."name",
      "t1"."country"
    FROM "buyers" AS "t1"
  ) AS "t4"
    ON "t2"."buyer_id" = "t4"."buyer_id"
) AS "t5"
ORDER BY
  "t5"."currency" ASC,
  "t5"."open_total" DESC,
  "t5"."buyer_id" ASC
