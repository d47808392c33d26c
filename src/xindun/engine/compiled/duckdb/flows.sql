WITH "t12" AS (
  SELECT
    "t5"."buyer_id",
    "t5"."currency",
    "t5"."amount",
    "t5"."paid",
    "t5"."undated",
    "t5"."lost",
    "t5"."issued_on",
    "t5"."due_on",
    "t5"."terms_end",
    "t5"."handed_on",
    "t5"."paid_on",
    "t5"."days",
    "t5"."on_time",
    "t5"."in_good_time",
    "t5"."derived",
    "t9"."as_of"
  FROM "settled_parts" AS "t5"
  CROSS JOIN (
    SELECT
      "t2"."as_of"
    FROM "clock" AS "t2"
  ) AS "t9"
), "t22" AS (
  SELECT
    "t15"."currency",
    "t15"."month",
    SUM("t15"."issued") AS "issued",
    SUM("t15"."sales") AS "sales"
  FROM (
    SELECT
      "t13"."currency",
      (
        (
          CAST(EXTRACT(year FROM "t13"."issued_on") AS BIGINT) * 12
        ) + CAST(EXTRACT(month FROM "t13"."issued_on") AS BIGINT)
      ) - 1 AS "month",
      "t13"."amount" AS "issued",
      CASE
        WHEN COALESCE("t13"."kind" = 'invoice', FALSE)
        THEN "t13"."amount"
        ELSE CAST(0 AS DECIMAL(18, 4))
      END AS "sales"
    FROM (
      SELECT
        "t6"."item_id",
        "t6"."buyer_id",
        "t6"."kind",
        "t6"."number",
        "t6"."currency",
        "t6"."amount",
        "t6"."issued_on",
        "t6"."due_on",
        "t6"."original_due_on",
        "t6"."recognised_on",
        "t6"."disputed",
        "t6"."recorded_at",
        "t6"."superseded_at",
        "t10"."as_of",
        "t10"."known_at"
      FROM "items" AS "t6"
      CROSS JOIN (
        SELECT
          *
        FROM "clock" AS "t2"
      ) AS "t10"
    ) AS "t13"
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
      AND "t13"."issued_on" <= "t13"."as_of"
      AND "t13"."kind" IN ('invoice', 'retention')
  ) AS "t15"
  GROUP BY
    1,
    2
), "t29" AS (
  SELECT
    "t21"."currency",
    "t21"."month",
    SUM("t21"."cleared") AS "cleared",
    SUM("t21"."receipts") AS "receipts"
  FROM (
    SELECT
      "t14"."currency",
      (
        (
          CAST(EXTRACT(year FROM GREATEST("t14"."paid_on", "t14"."issued_on")) AS BIGINT) * 12
        ) + CAST(EXTRACT(month FROM GREATEST("t14"."paid_on", "t14"."issued_on")) AS BIGINT)
      ) - 1 AS "month",
      "t14"."amount" AS "cleared",
      CASE
        WHEN COALESCE("t14"."paid" OR "t14"."undated", FALSE)
        THEN "t14"."amount"
        ELSE CAST(0 AS DECIMAL(18, 4))
      END AS "receipts"
    FROM "t12" AS "t14"
    WHERE
      (
        (
          (
            (
              CAST(EXTRACT(year FROM "t14"."as_of") AS BIGINT) * 12
            ) + CAST(EXTRACT(month FROM "t14"."as_of") AS BIGINT)
          ) - 1
        ) - (
          (
            (
              CAST(EXTRACT(year FROM "t14"."paid_on") AS BIGINT) * 12
            ) + CAST(EXTRACT(month FROM "t14"."paid_on") AS BIGINT)
          ) - 1
        )
      ) < 26
  ) AS "t21"
  GROUP BY
    1,
    2
)
SELECT
  *
FROM (
  SELECT
    "t47"."currency",
    "t47"."month",
    "t47"."measure",
    SUM("t47"."amount") AS "amount"
  FROM (
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
            "t33"."currency",
            "t33"."month",
            "t33"."cleared" AS "amount",
            'cleared' AS "measure"
          FROM "t29" AS "t33"
        ) AS "t42"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t33"."currency",
            "t33"."month",
            "t33"."receipts" AS "amount",
            'receipts' AS "measure"
          FROM "t29" AS "t33"
        ) AS "t43"
      ) AS "t45"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t25"."currency",
            "t25"."month",
            "t25"."overdue_in" AS "amount",
            'overdue_in' AS "measure"
          FROM (
            SELECT
              "t17"."currency",
              "t17"."month",
              SUM("t17"."overdue_in") AS "overdue_in"
            FROM (
              SELECT
                "t14"."currency",
                (
                  (
                    CAST(EXTRACT(year FROM GREATEST("t14"."due_on" + INTERVAL '1' DAY, "t14"."issued_on")) AS BIGINT) * 12
                  ) + CAST(EXTRACT(month FROM GREATEST("t14"."due_on" + INTERVAL '1' DAY, "t14"."issued_on")) AS BIGINT)
                ) - 1 AS "month",
                "t14"."amount" AS "overdue_in"
              FROM "t12" AS "t14"
              WHERE
                (
                  (
                    (
                      (
                        CAST(EXTRACT(year FROM "t14"."as_of") AS BIGINT) * 12
                      ) + CAST(EXTRACT(month FROM "t14"."as_of") AS BIGINT)
                    ) - 1
                  ) - (
                    (
                      (
                        CAST(EXTRACT(year FROM "t14"."paid_on") AS BIGINT) * 12
                      ) + CAST(EXTRACT(month FROM "t14"."paid_on") AS BIGINT)
                    ) - 1
                  )
                ) < 26
                AND "t14"."handed_on" > "t14"."due_on"
            ) AS "t17"
            GROUP BY
              1,
              2
          ) AS "t25"
        ) AS "t35"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t26"."currency",
            "t26"."month",
            "t26"."overdue_out" AS "amount",
            'overdue_out' AS "measure"
          FROM (
            SELECT
              "t18"."currency",
              "t18"."month",
              SUM("t18"."overdue_out") AS "overdue_out"
            FROM (
              SELECT
                "t14"."currency",
                (
                  (
                    CAST(EXTRACT(year FROM GREATEST("t14"."handed_on", "t14"."issued_on")) AS BIGINT) * 12
                  ) + CAST(EXTRACT(month FROM GREATEST("t14"."handed_on", "t14"."issued_on")) AS BIGINT)
                ) - 1 AS "month",
                "t14"."amount" AS "overdue_out"
              FROM "t12" AS "t14"
              WHERE
                (
                  (
                    (
                      (
                        CAST(EXTRACT(year FROM "t14"."as_of") AS BIGINT) * 12
                      ) + CAST(EXTRACT(month FROM "t14"."as_of") AS BIGINT)
                    ) - 1
                  ) - (
                    (
                      (
                        CAST(EXTRACT(year FROM "t14"."paid_on") AS BIGINT) * 12
                      ) + CAST(EXTRACT(month FROM "t14"."paid_on") AS BIGINT)
                    ) - 1
                  )
                ) < 26
                AND "t14"."handed_on" > "t14"."due_on"
            ) AS "t18"
            GROUP BY
              1,
              2
          ) AS "t26"
        ) AS "t36"
      ) AS "t40"
    ) AS "t46"
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
            "t27"."currency",
            "t27"."month",
            "t27"."overdue_in" AS "amount",
            'overdue_in' AS "measure"
          FROM (
            SELECT
              "t19"."currency",
              "t19"."month",
              SUM("t19"."overdue_in") AS "overdue_in"
            FROM (
              SELECT
                "t14"."currency",
                (
                  (
                    CAST(EXTRACT(year FROM GREATEST("t14"."terms_end" + INTERVAL '1' DAY, "t14"."handed_on", "t14"."issued_on")) AS BIGINT) * 12
                  ) + CAST(EXTRACT(month FROM GREATEST("t14"."terms_end" + INTERVAL '1' DAY, "t14"."handed_on", "t14"."issued_on")) AS BIGINT)
                ) - 1 AS "month",
                "t14"."amount" AS "overdue_in"
              FROM "t12" AS "t14"
              WHERE
                (
                  (
                    (
                      (
                        CAST(EXTRACT(year FROM "t14"."as_of") AS BIGINT) * 12
                      ) + CAST(EXTRACT(month FROM "t14"."as_of") AS BIGINT)
                    ) - 1
                  ) - (
                    (
                      (
                        CAST(EXTRACT(year FROM "t14"."paid_on") AS BIGINT) * 12
                      ) + CAST(EXTRACT(month FROM "t14"."paid_on") AS BIGINT)
                    ) - 1
                  )
                ) < 26
                AND "t14"."paid_on" > GREATEST("t14"."terms_end" + INTERVAL '1' DAY, "t14"."handed_on", "t14"."issued_on")
            ) AS "t19"
            GROUP BY
              1,
              2
          ) AS "t27"
        ) AS "t37"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t28"."currency",
            "t28"."month",
            "t28"."overdue_out" AS "amount",
            'overdue_out' AS "measure"
          FROM (
            SELECT
              "t20"."currency",
              "t20"."month",
              SUM("t20"."overdue_out") AS "overdue_out"
            FROM (
              SELECT
                "t14"."currency",
                (
                  (
                    CAST(EXTRACT(year FROM "t14"."paid_on") AS BIGINT) * 12
                  ) + CAST(EXTRACT(month FROM "t14"."paid_on") AS BIGINT)
                ) - 1 AS "month",
                "t14"."amount" AS "overdue_out"
              FROM "t12" AS "t14"
              WHERE
                (
                  (
                    (
                      (
                        CAST(EXTRACT(year FROM "t14"."as_of") AS BIGINT) * 12
                      ) + CAST(EXTRACT(month FROM "t14"."as_of") AS BIGINT)
                    ) - 1
                  ) - (
                    (
                      (
                        CAST(EXTRACT(year FROM "t14"."paid_on") AS BIGINT) * 12
                      ) + CAST(EXTRACT(month FROM "t14"."paid_on") AS BIGINT)
                    ) - 1
                  )
                ) < 26
                AND "t14"."paid_on" > GREATEST("t14"."terms_end" + INTERVAL '1' DAY, "t14"."handed_on", "t14"."issued_on")
            ) AS "t20"
            GROUP BY
              1,
              2
          ) AS "t28"
        ) AS "t38"
      ) AS "t41"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t24"."currency",
            "t24"."month",
            "t24"."overdue_in" AS "amount",
            'overdue_in' AS "measure"
          FROM (
            SELECT
              "t16"."currency",
              "t16"."month",
              SUM("t16"."overdue_in") AS "overdue_in"
            FROM (
              SELECT
                "t11"."currency",
                (
                  (
                    CAST(EXTRACT(year FROM GREATEST("t11"."ages_from" + INTERVAL '1' DAY, "t11"."issued_on")) AS BIGINT) * 12
                  ) + CAST(EXTRACT(month FROM GREATEST("t11"."ages_from" + INTERVAL '1' DAY, "t11"."issued_on")) AS BIGINT)
                ) - 1 AS "month",
                "t11"."amount" AS "overdue_in"
              FROM (
                SELECT
                  "t4"."item_id",
                  "t4"."buyer_id",
                  "t4"."currency",
                  "t4"."kind",
                  "t4"."disputed",
                  "t4"."issued_on",
                  "t4"."recognised_on",
                  "t4"."amount",
                  "t4"."ages_from",
                  "t4"."under_bill",
                  "t4"."is_item",
                  "t9"."as_of"
                FROM "open_parts" AS "t4"
                CROSS JOIN (
                  SELECT
                    "t2"."as_of"
                  FROM "clock" AS "t2"
                ) AS "t9"
              ) AS "t11"
              WHERE
                "t11"."kind" IN ('invoice', 'retention')
                AND "t11"."amount" > 0
                AND "t11"."ages_from" < "t11"."as_of"
            ) AS "t16"
            GROUP BY
              1,
              2
          ) AS "t24"
        ) AS "t32"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t23"."currency",
              "t23"."month",
              "t23"."issued" AS "amount",
              'issued' AS "measure"
            FROM "t22" AS "t23"
          ) AS "t30"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t23"."currency",
              "t23"."month",
              "t23"."sales" AS "amount",
              'sales' AS "measure"
            FROM "t22" AS "t23"
          ) AS "t31"
        ) AS "t34"
      ) AS "t39"
    ) AS "t44"
  ) AS "t47"
  GROUP BY
    1,
    2,
    3
) AS "t48"
ORDER BY
  "t48"."currency" ASC,
  "t48"."month" ASC,
  "t48"."measure" ASC
