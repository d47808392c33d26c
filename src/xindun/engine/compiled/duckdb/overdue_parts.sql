SELECT
  "t20"."buyer_id",
  "t20"."currency",
  "t20"."amount",
  CAST(DATE_DIFF('DAY', "t20"."ages_from", "t20"."as_of") AS INT) AS "days",
  DATE_DIFF('DAY', COALESCE("t13"."shifted", "t20"."pay_by"), "t20"."as_of") > "t9"."tolerance_days" AS "too_late"
FROM (
  SELECT
    "t18"."item_id",
    "t18"."buyer_id",
    "t18"."currency",
    "t18"."kind",
    "t18"."disputed",
    "t18"."issued_on",
    "t18"."recognised_on",
    "t18"."amount",
    "t18"."ages_from",
    "t18"."under_bill",
    "t18"."is_item",
    "t18"."as_of",
    "t18"."country_key",
    CASE WHEN TRUE THEN "t18"."ages_from" ELSE CAST(NULL AS DATE) END AS "day_key",
    "t18"."ages_from" AS "pay_by"
  FROM (
    SELECT
      "t17"."item_id",
      "t17"."buyer_id",
      "t17"."currency",
      "t17"."kind",
      "t17"."disputed",
      "t17"."issued_on",
      "t17"."recognised_on",
      "t17"."amount",
      "t17"."ages_from",
      "t17"."under_bill",
      "t17"."is_item",
      "t17"."as_of",
      COALESCE("t14"."place", '') AS "country_key"
    FROM (
      SELECT
        *
      FROM (
        SELECT
          "t6"."item_id",
          "t6"."buyer_id",
          "t6"."currency",
          "t6"."kind",
          "t6"."disputed",
          "t6"."issued_on",
          "t6"."recognised_on",
          "t6"."amount",
          "t6"."ages_from",
          "t6"."under_bill",
          "t6"."is_item",
          "t12"."as_of"
        FROM "open_parts" AS "t6"
        CROSS JOIN (
          SELECT
            "t4"."as_of"
          FROM "clock" AS "t4"
        ) AS "t12"
      ) AS "t15"
      WHERE
        "t15"."kind" IN ('invoice', 'retention')
        AND "t15"."amount" > 0
        AND "t15"."ages_from" < "t15"."as_of"
    ) AS "t17"
    LEFT OUTER JOIN (
      SELECT
        "t2"."buyer_id" AS "place_id",
        COALESCE("t2"."country", '') AS "place"
      FROM "buyers" AS "t2"
    ) AS "t14"
      ON "t17"."buyer_id" = "t14"."place_id"
  ) AS "t18"
) AS "t20"
LEFT OUTER JOIN (
  SELECT
    "t5"."country" AS "calendar_country",
    "t5"."day" AS "calendar_day",
    "t5"."next_working_day" AS "shifted"
  FROM "working_days" AS "t5"
) AS "t13"
  ON "t20"."day_key" = "t13"."calendar_day"
  AND "t20"."country_key" = "t13"."calendar_country"
CROSS JOIN (
  SELECT
    "t0"."tolerance_days"
  FROM "settings" AS "t0"
) AS "t9"
