SELECT
  "t8"."buyer_id",
  "t8"."currency",
  "t8"."month",
  "t8"."amount",
  CAST(ROUND("t8"."weighted" / CAST("t8"."amount" AS DOUBLE), 1) AS DOUBLE) AS "days_beyond_terms",
  CAST(ROUND(
    (
      "t8"."weighted" / CAST("t8"."amount" AS DOUBLE)
    ) - (
      SUM("t8"."weighted") OVER (
        PARTITION BY "t8"."buyer_id", "t8"."currency"
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) / SUM(CAST("t8"."amount" AS DOUBLE)) OVER (
        PARTITION BY "t8"."buyer_id", "t8"."currency"
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      )
    ),
    1
  ) AS DOUBLE) AS "excess_days"
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t6"."buyer_id",
      "t6"."currency",
      "t6"."month",
      "t6"."amount",
      "t6"."weighted",
      "t4"."old_buyer",
      "t4"."old_currency"
    FROM (
      SELECT
        "t3"."buyer_id",
        "t3"."currency",
        "t3"."month",
        SUM("t3"."amount") AS "amount",
        CAST(SUM("t3"."amount" * CAST("t3"."days" AS DECIMAL(9, 0))) AS DOUBLE) AS "weighted"
      FROM (
        SELECT
          "t0"."buyer_id",
          "t0"."currency",
          "t0"."amount",
          "t0"."days",
          CAST(EXTRACT(month FROM "t0"."due_on") AS BIGINT) AS "month"
        FROM "settled_parts" AS "t0"
        WHERE
          "t0"."paid" AND "t0"."due_on" IS NOT NULL
      ) AS "t3"
      GROUP BY
        1,
        2,
        3
    ) AS "t6"
    INNER JOIN (
      SELECT
        "t1"."buyer_id" AS "old_buyer",
        "t1"."currency" AS "old_currency"
      FROM "profiles" AS "t1"
      WHERE
        "t1"."history_days" >= 730
    ) AS "t4"
      ON "t6"."buyer_id" = "t4"."old_buyer" AND "t6"."currency" = "t4"."old_currency"
  ) AS "t7"
  WHERE
    "t7"."amount" > 0
) AS "t8"
