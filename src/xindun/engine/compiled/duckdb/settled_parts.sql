SELECT
  "t29"."buyer_id",
  "t29"."currency",
  "t29"."amount",
  "t29"."outcome",
  "t29"."issued_on",
  "t29"."due_on",
  "t29"."terms_end",
  "t29"."effective_on" AS "handed_on",
  "t29"."cleared_on" AS "paid_on",
  CAST(GREATEST(
    DATE_DIFF('DAY', "t29"."due_on", "t29"."effective_on"),
    DATE_DIFF('DAY', "t29"."terms_end", "t29"."cleared_on")
  ) AS INT) AS "days",
  COALESCE(
    (
      DATE_DIFF('DAY', "t29"."due_by", "t29"."effective_on") <= "t29"."tolerance_days"
    )
    AND (
      DATE_DIFF('DAY', "t29"."end_by", "t29"."cleared_on") <= "t29"."tolerance_days"
    ),
    FALSE
  ) AS "on_time",
  COALESCE(
    (
      (
        DATE_DIFF('DAY', "t29"."due_by", "t29"."effective_on") <= "t29"."tolerance_days"
      )
      AND (
        DATE_DIFF('DAY', "t29"."end_by", "t29"."cleared_on") <= "t29"."tolerance_days"
      )
    )
    OR (
      GREATEST(
        DATE_DIFF('DAY', "t29"."due_on", "t29"."effective_on"),
        DATE_DIFF('DAY', "t29"."terms_end", "t29"."cleared_on")
      ) <= "t29"."hold_days"
    ),
    FALSE
  ) AS "in_good_time",
  "t29"."derived"
FROM (
  SELECT
    "t28"."item_id",
    "t28"."kind",
    "t28"."amount",
    "t28"."effective_on",
    "t28"."cleared_on",
    "t28"."matures_on",
    "t28"."derived",
    "t28"."buyer_id",
    "t28"."currency",
    "t28"."issued_on",
    "t28"."due_on",
    "t28"."place_id",
    "t28"."country_key",
    "t28"."terms_end",
    "t28"."outcome",
    COALESCE("t17"."shifted", "t28"."due_on") AS "due_by",
    COALESCE("t18"."shifted", "t28"."terms_end") AS "end_by",
    "t12"."tolerance_days",
    "t12"."hold_days"
  FROM (
    SELECT
      "t26"."item_id",
      "t26"."kind",
      "t26"."amount",
      "t26"."effective_on",
      "t26"."cleared_on",
      "t26"."matures_on",
      "t26"."derived",
      "t26"."buyer_id",
      "t26"."currency",
      "t26"."issued_on",
      "t26"."due_on",
      "t26"."place_id",
      COALESCE("t26"."country_key", '') AS "country_key",
      CASE
        WHEN "t26"."kind" IN ('bank_acceptance', 'commercial_acceptance', 'electronic_receivable')
        THEN GREATEST("t26"."due_on", COALESCE("t26"."matures_on", "t26"."due_on"))
        ELSE "t26"."due_on"
      END AS "terms_end",
      CASE
        WHEN "t26"."kind" = 'write_off'
        THEN 'unpaid'
        WHEN "t26"."kind" IN ('cash', 'bank_acceptance', 'commercial_acceptance', 'electronic_receivable')
        THEN 'paid'
        ELSE 'other'
      END AS "outcome"
    FROM (
      SELECT
        "t24"."item_id",
        "t24"."kind",
        "t24"."amount",
        "t24"."effective_on",
        "t24"."cleared_on",
        "t24"."matures_on",
        "t24"."derived",
        "t25"."buyer_id",
        "t25"."currency",
        "t25"."issued_on",
        "t25"."due_on",
        "t19"."place_id",
        "t19"."country_key"
      FROM (
        SELECT
          "t20"."item_id",
          "t20"."kind",
          "t20"."amount",
          "t20"."effective_on",
          "t20"."cleared_on",
          "t20"."matures_on",
          "t20"."derived"
        FROM (
          SELECT
            "t8"."settlement_id",
            "t8"."item_id",
            "t8"."source_item_id",
            "t8"."kind",
            "t8"."amount",
            "t8"."effective_on",
            "t8"."cleared_on",
            "t8"."matures_on",
            "t8"."dishonoured_on",
            "t8"."derived",
            "t8"."recorded_at",
            "t8"."superseded_at",
            "t16"."as_of",
            "t16"."known_at"
          FROM "settlements" AS "t8"
          CROSS JOIN (
            SELECT
              *
            FROM "clock" AS "t5"
          ) AS "t16"
        ) AS "t20"
        WHERE
          "t20"."recorded_at" <= "t20"."known_at"
          AND (
            (
              "t20"."superseded_at" IS NULL
            )
            OR (
              "t20"."superseded_at" > "t20"."known_at"
            )
          )
          AND "t20"."cleared_on" <= "t20"."as_of"
          AND DATE_DIFF('DAY', "t20"."cleared_on", "t20"."as_of") < 1126
      ) AS "t24"
      INNER JOIN (
        SELECT
          "t21"."item_id",
          "t21"."buyer_id",
          "t21"."currency",
          "t21"."issued_on",
          "t21"."due_on"
        FROM (
          SELECT
            "t9"."item_id",
            "t9"."buyer_id",
            "t9"."kind",
            "t9"."number",
            "t9"."currency",
            "t9"."amount",
            "t9"."issued_on",
            "t9"."due_on",
            "t9"."original_due_on",
            "t9"."recognised_on",
            "t9"."disputed",
            "t9"."recorded_at",
            "t9"."superseded_at",
            "t16"."as_of",
            "t16"."known_at"
          FROM "items" AS "t9"
          CROSS JOIN (
            SELECT
              *
            FROM "clock" AS "t5"
          ) AS "t16"
        ) AS "t21"
        WHERE
          "t21"."recorded_at" <= "t21"."known_at"
          AND (
            (
              "t21"."superseded_at" IS NULL
            )
            OR (
              "t21"."superseded_at" > "t21"."known_at"
            )
          )
          AND "t21"."issued_on" <= "t21"."as_of"
          AND "t21"."kind" IN ('invoice', 'retention')
      ) AS "t25"
        ON "t24"."item_id" = "t25"."item_id"
      LEFT OUTER JOIN (
        SELECT
          "t2"."buyer_id" AS "place_id",
          COALESCE("t2"."country", '') AS "country_key"
        FROM "buyers" AS "t2"
      ) AS "t19"
        ON "t25"."buyer_id" = "t19"."place_id"
    ) AS "t26"
  ) AS "t28"
  LEFT OUTER JOIN (
    SELECT
      "t6"."country" AS "calendar_country",
      "t6"."day" AS "calendar_day",
      "t6"."next_working_day" AS "shifted"
    FROM "working_days" AS "t6"
  ) AS "t17"
    ON "t28"."country_key" = "t17"."calendar_country"
    AND "t28"."due_on" = "t17"."calendar_day"
  LEFT OUTER JOIN (
    SELECT
      "t7"."country" AS "calendar_country",
      "t7"."day" AS "calendar_day",
      "t7"."next_working_day" AS "shifted"
    FROM "working_days" AS "t7"
  ) AS "t18"
    ON "t28"."country_key" = "t18"."calendar_country"
    AND "t28"."terms_end" = "t18"."calendar_day"
  CROSS JOIN (
    SELECT
      "t0"."tolerance_days",
      "t0"."hold_days"
    FROM "settings" AS "t0"
  ) AS "t12"
) AS "t29"
