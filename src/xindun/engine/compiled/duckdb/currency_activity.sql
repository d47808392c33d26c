SELECT
  "t11"."currency",
  "t11"."sales_365",
  "t11"."first_issued_on",
  "t11"."rated",
  COALESCE("t18"."issued_365", CAST(0 AS DECIMAL(38, 4))) AS "issued_365",
  COALESCE("t18"."issued_90", CAST(0 AS DECIMAL(38, 4))) AS "issued_90",
  COALESCE("t19"."cleared_365", CAST(0 AS DECIMAL(38, 4))) AS "cleared_365",
  COALESCE("t19"."cleared_90", CAST(0 AS DECIMAL(38, 4))) AS "cleared_90"
FROM (
  SELECT
    "t0"."currency",
    SUM("t0"."sales_365") AS "sales_365",
    MIN("t0"."first_issued_on") AS "first_issued_on",
    COUNT(*) FILTER(WHERE
      "t0"."not_rated_reason" IS NULL) AS "rated"
  FROM "profiles" AS "t0"
  GROUP BY
    1
) AS "t11"
LEFT OUTER JOIN (
  SELECT
    "t14"."currency" AS "sold_in",
    SUM("t14"."amount") AS "issued_365",
    COALESCE(SUM("t14"."amount") FILTER(WHERE
      "t14"."ago" < 90), CAST(0 AS DECIMAL(38, 4))) AS "issued_90"
  FROM (
    SELECT
      "t13"."item_id",
      "t13"."buyer_id",
      "t13"."kind",
      "t13"."number",
      "t13"."currency",
      "t13"."amount",
      "t13"."issued_on",
      "t13"."due_on",
      "t13"."original_due_on",
      "t13"."recognised_on",
      "t13"."disputed",
      "t13"."recorded_at",
      "t13"."superseded_at",
      "t13"."as_of",
      "t13"."known_at",
      DATE_DIFF('DAY', "t13"."issued_on", "t13"."as_of") AS "ago"
    FROM (
      SELECT
        "t4"."item_id",
        "t4"."buyer_id",
        "t4"."kind",
        "t4"."number",
        "t4"."currency",
        "t4"."amount",
        "t4"."issued_on",
        "t4"."due_on",
        "t4"."original_due_on",
        "t4"."recognised_on",
        "t4"."disputed",
        "t4"."recorded_at",
        "t4"."superseded_at",
        "t9"."as_of",
        "t9"."known_at"
      FROM "items" AS "t4"
      CROSS JOIN (
        SELECT
          *
        FROM "clock" AS "t3"
      ) AS "t9"
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
      AND DATE_DIFF('DAY', "t13"."issued_on", "t13"."as_of") < 365
  ) AS "t14"
  GROUP BY
    1
) AS "t18"
  ON "t11"."currency" = "t18"."sold_in"
LEFT OUTER JOIN (
  SELECT
    "t15"."currency" AS "cleared_in",
    SUM("t15"."amount") AS "cleared_365",
    COALESCE(SUM("t15"."amount") FILTER(WHERE
      "t15"."ago" < 90), CAST(0 AS DECIMAL(38, 4))) AS "cleared_90"
  FROM (
    SELECT
      "t12"."buyer_id",
      "t12"."currency",
      "t12"."amount",
      "t12"."paid",
      "t12"."undated",
      "t12"."lost",
      "t12"."issued_on",
      "t12"."due_on",
      "t12"."terms_end",
      "t12"."handed_on",
      "t12"."paid_on",
      "t12"."days",
      "t12"."on_time",
      "t12"."in_good_time",
      "t12"."derived",
      "t12"."as_of",
      DATE_DIFF('DAY', GREATEST("t12"."paid_on", "t12"."issued_on"), "t12"."as_of") AS "ago"
    FROM (
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
        "t8"."as_of"
      FROM "settled_parts" AS "t5"
      CROSS JOIN (
        SELECT
          "t3"."as_of"
        FROM "clock" AS "t3"
      ) AS "t8"
    ) AS "t12"
    WHERE
      DATE_DIFF('DAY', GREATEST("t12"."paid_on", "t12"."issued_on"), "t12"."as_of") < 365
  ) AS "t15"
  GROUP BY
    1
) AS "t19"
  ON "t11"."currency" = "t19"."cleared_in"
