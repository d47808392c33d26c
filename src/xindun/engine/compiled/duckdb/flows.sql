WITH "t11" AS (
  SELECT
    "t5"."item_id",
    "t5"."buyer_id",
    "t5"."kind",
    "t5"."number",
    "t5"."currency",
    "t5"."amount",
    "t5"."issued_on",
    "t5"."due_on",
    "t5"."original_due_on",
    "t5"."recognised_on",
    "t5"."disputed",
    "t5"."recorded_at",
    "t5"."superseded_at",
    "t9"."as_of",
    "t9"."known_at"
  FROM "items" AS "t5"
  CROSS JOIN (
    SELECT
      *
    FROM "clock" AS "t2"
  ) AS "t9"
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
            "t20"."currency",
            "t20"."month",
            "t20"."amount",
            'cleared' AS "measure"
          FROM (
            SELECT
              "t14"."currency",
              "t14"."month",
              SUM("t14"."amount") AS "amount"
            FROM (
              SELECT
                "t0"."currency",
                (
                  (
                    CAST(EXTRACT(year FROM GREATEST("t0"."paid_on", "t0"."issued_on")) AS BIGINT) * 12
                  ) + CAST(EXTRACT(month FROM GREATEST("t0"."paid_on", "t0"."issued_on")) AS BIGINT)
                ) - 1 AS "month",
                "t0"."amount"
              FROM "settled_parts" AS "t0"
            ) AS "t14"
            GROUP BY
              1,
              2
          ) AS "t20"
        ) AS "t26"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t18"."currency",
            "t18"."month",
            "t18"."amount",
            'receipts' AS "measure"
          FROM (
            SELECT
              "t13"."currency",
              "t13"."month",
              SUM("t13"."amount") AS "amount"
            FROM (
              SELECT
                "t0"."currency",
                (
                  (
                    CAST(EXTRACT(year FROM "t0"."paid_on") AS BIGINT) * 12
                  ) + CAST(EXTRACT(month FROM "t0"."paid_on") AS BIGINT)
                ) - 1 AS "month",
                "t0"."amount"
              FROM "settled_parts" AS "t0"
              WHERE
                "t0"."outcome" = 'paid'
            ) AS "t13"
            GROUP BY
              1,
              2
          ) AS "t18"
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
            "t23"."amount",
            'overdue_in' AS "measure"
          FROM (
            SELECT
              "t17"."currency",
              "t17"."month",
              SUM("t17"."amount") AS "amount"
            FROM (
              SELECT
                "t0"."currency",
                (
                  (
                    CAST(EXTRACT(year FROM GREATEST("t0"."due_on" + INTERVAL '1' DAY, "t0"."issued_on")) AS BIGINT) * 12
                  ) + CAST(EXTRACT(month FROM GREATEST("t0"."due_on" + INTERVAL '1' DAY, "t0"."issued_on")) AS BIGINT)
                ) - 1 AS "month",
                "t0"."amount"
              FROM "settled_parts" AS "t0"
              WHERE
                "t0"."handed_on" > "t0"."due_on"
            ) AS "t17"
            GROUP BY
              1,
              2
          ) AS "t23"
        ) AS "t31"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            "t22"."currency",
            "t22"."month",
            "t22"."amount",
            'overdue_out' AS "measure"
          FROM (
            SELECT
              "t16"."currency",
              "t16"."month",
              SUM("t16"."amount") AS "amount"
            FROM (
              SELECT
                "t0"."currency",
                (
                  (
                    CAST(EXTRACT(year FROM GREATEST("t0"."handed_on", "t0"."issued_on")) AS BIGINT) * 12
                  ) + CAST(EXTRACT(month FROM GREATEST("t0"."handed_on", "t0"."issued_on")) AS BIGINT)
                ) - 1 AS "month",
                "t0"."amount"
              FROM "settled_parts" AS "t0"
              WHERE
                "t0"."handed_on" > "t0"."due_on"
            ) AS "t16"
            GROUP BY
              1,
              2
          ) AS "t22"
        ) AS "t28"
      ) AS "t34"
    ) AS "t36"
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
            "t25"."currency",
            "t25"."month",
            "t25"."amount",
            'overdue_in' AS "measure"
          FROM (
            SELECT
              "t19"."currency",
              "t19"."month",
              SUM("t19"."amount") AS "amount"
            FROM (
              SELECT
                "t0"."currency",
                (
                  (
                    CAST(EXTRACT(year FROM GREATEST(GREATEST("t0"."terms_end" + INTERVAL '1' DAY, "t0"."handed_on"), "t0"."issued_on")) AS BIGINT) * 12
                  ) + CAST(EXTRACT(month FROM GREATEST(GREATEST("t0"."terms_end" + INTERVAL '1' DAY, "t0"."handed_on"), "t0"."issued_on")) AS BIGINT)
                ) - 1 AS "month",
                "t0"."amount"
              FROM "settled_parts" AS "t0"
              WHERE
                "t0"."paid_on" > GREATEST("t0"."terms_end" + INTERVAL '1' DAY, "t0"."handed_on")
            ) AS "t19"
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
            "t21"."currency",
            "t21"."month",
            "t21"."amount",
            'overdue_out' AS "measure"
          FROM (
            SELECT
              "t15"."currency",
              "t15"."month",
              SUM("t15"."amount") AS "amount"
            FROM (
              SELECT
                "t0"."currency",
                (
                  (
                    CAST(EXTRACT(year FROM GREATEST("t0"."paid_on", "t0"."issued_on")) AS BIGINT) * 12
                  ) + CAST(EXTRACT(month FROM GREATEST("t0"."paid_on", "t0"."issued_on")) AS BIGINT)
                ) - 1 AS "month",
                "t0"."amount"
              FROM "settled_parts" AS "t0"
              WHERE
                "t0"."paid_on" > GREATEST("t0"."terms_end" + INTERVAL '1' DAY, "t0"."handed_on")
            ) AS "t15"
            GROUP BY
              1,
              2
          ) AS "t21"
        ) AS "t27"
      ) AS "t37"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t40"."currency",
            "t40"."month",
            "t40"."amount",
            'overdue_in' AS "measure"
          FROM (
            SELECT
              "t33"."currency",
              "t33"."month",
              SUM("t33"."amount") AS "amount"
            FROM (
              SELECT
                "t10"."currency",
                (
                  (
                    CAST(EXTRACT(year FROM GREATEST("t10"."ages_from" + INTERVAL '1' DAY, "t10"."issued_on")) AS BIGINT) * 12
                  ) + CAST(EXTRACT(month FROM GREATEST("t10"."ages_from" + INTERVAL '1' DAY, "t10"."issued_on")) AS BIGINT)
                ) - 1 AS "month",
                "t10"."amount"
              FROM (
                SELECT
                  "t4"."item_id",
                  "t4"."buyer_id",
                  "t4"."currency",
                  "t4"."kind",
                  "t4"."disputed",
                  "t4"."issued_on",
                  "t4"."recognised_on",
                  "t4"."never_settled",
                  "t4"."amount",
                  "t4"."ages_from",
                  "t4"."under_bill",
                  "t4"."is_item",
                  "t8"."as_of"
                FROM "open_parts" AS "t4"
                CROSS JOIN (
                  SELECT
                    "t2"."as_of"
                  FROM "clock" AS "t2"
                ) AS "t8"
              ) AS "t10"
              WHERE
                "t10"."kind" IN ('invoice', 'retention')
                AND "t10"."amount" > 0
                AND "t10"."ages_from" < "t10"."as_of"
            ) AS "t33"
            GROUP BY
              1,
              2
          ) AS "t40"
        ) AS "t43"
        UNION ALL
        SELECT
          *
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t38"."currency",
              "t38"."month",
              "t38"."amount",
              'sales' AS "measure"
            FROM (
              SELECT
                "t29"."currency",
                "t29"."month",
                SUM("t29"."amount") AS "amount"
              FROM (
                SELECT
                  "t12"."currency",
                  (
                    (
                      CAST(EXTRACT(year FROM "t12"."issued_on") AS BIGINT) * 12
                    ) + CAST(EXTRACT(month FROM "t12"."issued_on") AS BIGINT)
                  ) - 1 AS "month",
                  "t12"."amount"
                FROM "t11" AS "t12"
                WHERE
                  "t12"."recorded_at" <= "t12"."known_at"
                  AND (
                    (
                      "t12"."superseded_at" IS NULL
                    )
                    OR (
                      "t12"."superseded_at" > "t12"."known_at"
                    )
                  )
                  AND "t12"."issued_on" <= "t12"."as_of"
                  AND "t12"."kind" = 'invoice'
              ) AS "t29"
              GROUP BY
                1,
                2
            ) AS "t38"
          ) AS "t41"
          UNION ALL
          SELECT
            *
          FROM (
            SELECT
              "t39"."currency",
              "t39"."month",
              "t39"."amount",
              'issued' AS "measure"
            FROM (
              SELECT
                "t30"."currency",
                "t30"."month",
                SUM("t30"."amount") AS "amount"
              FROM (
                SELECT
                  "t12"."currency",
                  (
                    (
                      CAST(EXTRACT(year FROM "t12"."issued_on") AS BIGINT) * 12
                    ) + CAST(EXTRACT(month FROM "t12"."issued_on") AS BIGINT)
                  ) - 1 AS "month",
                  "t12"."amount"
                FROM "t11" AS "t12"
                WHERE
                  "t12"."recorded_at" <= "t12"."known_at"
                  AND (
                    (
                      "t12"."superseded_at" IS NULL
                    )
                    OR (
                      "t12"."superseded_at" > "t12"."known_at"
                    )
                  )
                  AND "t12"."issued_on" <= "t12"."as_of"
                  AND "t12"."kind" IN ('invoice', 'retention')
              ) AS "t30"
              GROUP BY
                1,
                2
            ) AS "t39"
          ) AS "t42"
        ) AS "t44"
      ) AS "t45"
    ) AS "t46"
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
