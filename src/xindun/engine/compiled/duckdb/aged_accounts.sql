SELECT
  "t6"."buyer_id",
  "t6"."currency",
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
  "t6"."open_total" - "t6"."not_due" AS "overdue",
  (
    "t6"."open_total" - "t6"."credits"
  ) - "t6"."unapplied" AS "net"
FROM (
  SELECT
    "t5"."buyer_id",
    "t5"."currency",
    COALESCE(
      SUM("t5"."amount") FILTER(WHERE
        "t5"."kind" IN ('invoice', 'retention')),
      CAST(0 AS DECIMAL(38, 4))
    ) AS "open_total",
    COALESCE(
      SUM("t5"."amount") FILTER(WHERE
        "t5"."kind" IN ('invoice', 'retention')
        AND (
          (
            DATE_DIFF('DAY', "t5"."ages_from", "t5"."as_of") IS NULL
          )
          OR (
            DATE_DIFF('DAY', "t5"."ages_from", "t5"."as_of") <= 0
          )
        )),
      CAST(0 AS DECIMAL(38, 4))
    ) AS "not_due",
    COALESCE(
      SUM("t5"."amount") FILTER(WHERE
        "t5"."kind" IN ('invoice', 'retention')
        AND DATE_DIFF('DAY', "t5"."ages_from", "t5"."as_of") BETWEEN 1 AND 30),
      CAST(0 AS DECIMAL(38, 4))
    ) AS "d1_30",
    COALESCE(
      SUM("t5"."amount") FILTER(WHERE
        "t5"."kind" IN ('invoice', 'retention')
        AND DATE_DIFF('DAY', "t5"."ages_from", "t5"."as_of") BETWEEN 31 AND 60),
      CAST(0 AS DECIMAL(38, 4))
    ) AS "d31_60",
    COALESCE(
      SUM("t5"."amount") FILTER(WHERE
        "t5"."kind" IN ('invoice', 'retention')
        AND DATE_DIFF('DAY', "t5"."ages_from", "t5"."as_of") BETWEEN 61 AND 90),
      CAST(0 AS DECIMAL(38, 4))
    ) AS "d61_90",
    COALESCE(
      SUM("t5"."amount") FILTER(WHERE
        "t5"."kind" IN ('invoice', 'retention')
        AND DATE_DIFF('DAY', "t5"."ages_from", "t5"."as_of") BETWEEN 91 AND 120),
      CAST(0 AS DECIMAL(38, 4))
    ) AS "d91_120",
    COALESCE(
      SUM("t5"."amount") FILTER(WHERE
        "t5"."kind" IN ('invoice', 'retention')
        AND DATE_DIFF('DAY', "t5"."ages_from", "t5"."as_of") BETWEEN 121 AND 180),
      CAST(0 AS DECIMAL(38, 4))
    ) AS "d121_180",
    COALESCE(
      SUM("t5"."amount") FILTER(WHERE
        "t5"."kind" IN ('invoice', 'retention')
        AND DATE_DIFF('DAY', "t5"."ages_from", "t5"."as_of") BETWEEN 181 AND 365),
      CAST(0 AS DECIMAL(38, 4))
    ) AS "d181_365",
    COALESCE(
      SUM("t5"."amount") FILTER(WHERE
        "t5"."kind" IN ('invoice', 'retention')
        AND (
          DATE_DIFF('DAY', "t5"."ages_from", "t5"."as_of") >= 366
        )),
      CAST(0 AS DECIMAL(38, 4))
    ) AS "d_gt_365",
    COALESCE(
      SUM("t5"."amount") FILTER(WHERE
        "t5"."kind" IN ('invoice', 'retention') AND "t5"."disputed"),
      CAST(0 AS DECIMAL(38, 4))
    ) AS "disputed",
    COALESCE(
      SUM("t5"."amount") FILTER(WHERE
        "t5"."kind" IN ('invoice', 'retention') AND "t5"."under_bill"),
      CAST(0 AS DECIMAL(38, 4))
    ) AS "under_bills",
    COALESCE(
      SUM("t5"."amount") FILTER(WHERE
        "t5"."kind" = 'credit_note'),
      CAST(0 AS DECIMAL(38, 4))
    ) AS "credits",
    COALESCE(
      SUM("t5"."amount") FILTER(WHERE
        "t5"."kind" = 'receipt'),
      CAST(0 AS DECIMAL(38, 4))
    ) AS "unapplied",
    COALESCE(
      SUM("t5"."amount") FILTER(WHERE
        "t5"."kind" = 'unbilled_delivery'),
      CAST(0 AS DECIMAL(38, 4))
    ) AS "unbilled",
    MIN("t5"."ages_from") FILTER(WHERE
      "t5"."kind" IN ('invoice', 'retention') AND (
        "t5"."amount" > 0
      )) AS "oldest_due_on",
    GREATEST(
      COALESCE(
        MAX(DATE_DIFF('DAY', "t5"."ages_from", "t5"."as_of")) FILTER(WHERE
          "t5"."kind" IN ('invoice', 'retention') AND (
            "t5"."amount" > 0
          )),
        0
      ),
      0
    ) AS "max_days_overdue",
    COUNT(*) FILTER(WHERE
      "t5"."kind" IN ('invoice', 'retention') AND "t5"."is_item") AS "open_items",
    COALESCE(
      SUM("t5"."amount") FILTER(WHERE
        "t5"."kind" IN ('invoice', 'retention')
        AND (
          "t5"."as_of" <= (
            "t5"."recognised_on" + INTERVAL '1' YEAR
          )
        )),
      CAST(0 AS DECIMAL(38, 4))
    ) AS "r_lt_1y",
    COALESCE(
      SUM("t5"."amount") FILTER(WHERE
        "t5"."kind" IN ('invoice', 'retention')
        AND (
          (
            "t5"."as_of" > (
              "t5"."recognised_on" + INTERVAL '1' YEAR
            )
          )
          AND (
            "t5"."as_of" <= (
              "t5"."recognised_on" + INTERVAL '2' YEAR
            )
          )
        )),
      CAST(0 AS DECIMAL(38, 4))
    ) AS "r_1_2y",
    COALESCE(
      SUM("t5"."amount") FILTER(WHERE
        "t5"."kind" IN ('invoice', 'retention')
        AND (
          (
            "t5"."as_of" > (
              "t5"."recognised_on" + INTERVAL '2' YEAR
            )
          )
          AND (
            "t5"."as_of" <= (
              "t5"."recognised_on" + INTERVAL '3' YEAR
            )
          )
        )),
      CAST(0 AS DECIMAL(38, 4))
    ) AS "r_2_3y",
    COALESCE(
      SUM("t5"."amount") FILTER(WHERE
        "t5"."kind" IN ('invoice', 'retention')
        AND (
          "t5"."as_of" > (
            "t5"."recognised_on" + INTERVAL '3' YEAR
          )
        )),
      CAST(0 AS DECIMAL(38, 4))
    ) AS "r_gt_3y"
  FROM (
    SELECT
      "t2"."item_id",
      "t2"."buyer_id",
      "t2"."currency",
      "t2"."kind",
      "t2"."disputed",
      "t2"."issued_on",
      "t2"."recognised_on",
      "t2"."amount",
      "t2"."ages_from",
      "t2"."under_bill",
      "t2"."is_item",
      "t4"."as_of",
      "t4"."known_at"
    FROM "open_parts" AS "t2"
    CROSS JOIN (
      SELECT
        *
      FROM "clock" AS "t1"
    ) AS "t4"
  ) AS "t5"
  GROUP BY
    1,
    2
) AS "t6"
