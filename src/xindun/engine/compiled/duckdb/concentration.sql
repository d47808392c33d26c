WITH "t5" AS (
  SELECT
    "t3"."buyer_id",
    "t3"."currency",
    "t3"."open_total",
    CAST("t3"."open_total" AS DOUBLE) / SUM(CAST("t3"."open_total" AS DOUBLE)) OVER (
      PARTITION BY "t3"."currency"
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS "share",
    (
      ROW_NUMBER() OVER (
        PARTITION BY "t3"."currency"
        ORDER BY "t3"."open_total" DESC, "t3"."buyer_id" ASC
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) - 1
    ) + 1 AS "place"
  FROM (
    SELECT
      *
    FROM "graded" AS "t0"
    WHERE
      "t0"."open_total" > 0
  ) AS "t3"
)
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
        "t13"."currency",
        'top10' AS "measure",
        CAST(NULL AS TEXT) AS "key",
        "t13"."amount",
        CAST(ROUND("t13"."share", 6) AS DOUBLE) AS "share"
      FROM (
        SELECT
          "t8"."currency",
          SUM("t8"."open_total") AS "amount",
          SUM("t8"."share") AS "share"
        FROM (
          SELECT
            *
          FROM "t5" AS "t6"
          WHERE
            "t6"."place" <= 10
        ) AS "t8"
        GROUP BY
          1
      ) AS "t13"
    ) AS "t18"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t11"."currency",
        'hhi' AS "measure",
        CAST(NULL AS TEXT) AS "key",
        CAST(NULL AS DECIMAL(38, 4)) AS "amount",
        CAST(ROUND("t11"."share", 6) AS DOUBLE) AS "share"
      FROM (
        SELECT
          "t6"."currency",
          SUM("t6"."share" * "t6"."share") AS "share"
        FROM "t5" AS "t6"
        GROUP BY
          1
      ) AS "t11"
    ) AS "t16"
  ) AS "t21"
  UNION ALL
  SELECT
    *
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t17"."currency",
        'country' AS "measure",
        "t17"."country" AS "key",
        "t17"."amount",
        CAST(ROUND("t17"."share", 6) AS DOUBLE) AS "share"
      FROM (
        SELECT
          "t12"."currency",
          "t12"."country",
          SUM("t12"."open_total") AS "amount",
          SUM("t12"."share") AS "share"
        FROM (
          SELECT
            "t7"."buyer_id",
            "t7"."currency",
            "t7"."open_total",
            "t7"."share",
            "t7"."place",
            "t4"."place_id",
            "t4"."country"
          FROM "t5" AS "t7"
          LEFT OUTER JOIN (
            SELECT
              "t1"."buyer_id" AS "place_id",
              "t1"."country"
            FROM "buyers" AS "t1"
          ) AS "t4"
            ON "t7"."buyer_id" = "t4"."place_id"
        ) AS "t12"
        GROUP BY
          1,
          2
      ) AS "t17"
    ) AS "t23"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t14"."currency",
          'top1' AS "measure",
          CAST(NULL AS TEXT) AS "key",
          "t14"."amount",
          CAST(ROUND("t14"."share", 6) AS DOUBLE) AS "share"
        FROM (
          SELECT
            "t9"."currency",
            SUM("t9"."open_total") AS "amount",
            SUM("t9"."share") AS "share"
          FROM (
            SELECT
              *
            FROM "t5" AS "t6"
            WHERE
              "t6"."place" <= 1
          ) AS "t9"
          GROUP BY
            1
        ) AS "t14"
      ) AS "t19"
      UNION ALL
      SELECT
        *
      FROM (
        SELECT
          "t15"."currency",
          'top5' AS "measure",
          CAST(NULL AS TEXT) AS "key",
          "t15"."amount",
          CAST(ROUND("t15"."share", 6) AS DOUBLE) AS "share"
        FROM (
          SELECT
            "t10"."currency",
            SUM("t10"."open_total") AS "amount",
            SUM("t10"."share") AS "share"
          FROM (
            SELECT
              *
            FROM "t5" AS "t6"
            WHERE
              "t6"."place" <= 5
          ) AS "t10"
          GROUP BY
            1
        ) AS "t15"
      ) AS "t20"
    ) AS "t22"
  ) AS "t24"
) AS "t25"
ORDER BY
  "t25"."currency" ASC,
  "t25"."measure" ASC,
  "t25"."amount" DESC,
  "t25"."key" ASC
