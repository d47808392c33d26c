SELECT
  "t38"."buyer_id",
  "t38"."currency",
  "t38"."amount",
  "t38"."paid",
  "t38"."undated",
  "t38"."lost",
  "t38"."issued_on",
  "t38"."due_on",
  "t38"."terms_end",
  "t38"."effective_on" AS "handed_on",
  "t38"."cleared_on" AS "paid_on",
  CAST(GREATEST(
    DATE_DIFF('DAY', "t38"."due_on", "t38"."effective_on"),
    DATE_DIFF('DAY', "t38"."terms_end", "t38"."cleared_on")
  ) AS INT) AS "days",
  COALESCE(
    (
      DATE_DIFF('DAY', "t38"."due_by", "t38"."effective_on") <= "t38"."tolerance_days"
    )
    AND (
      DATE_DIFF('DAY', "t38"."end_by", "t38"."cleared_on") <= "t38"."tolerance_days"
    ),
    FALSE
  ) AS "on_time",
  COALESCE(
    (
      (
        DATE_DIFF('DAY', "t38"."due_by", "t38"."effective_on") <= "t38"."tolerance_days"
      )
      AND (
        DATE_DIFF('DAY', "t38"."end_by", "t38"."cleared_on") <= "t38"."tolerance_days"
      )
    )
    OR (
      GREATEST(
        DATE_DIFF('DAY', "t38"."due_on", "t38"."effective_on"),
        DATE_DIFF('DAY', "t38"."terms_end", "t38"."cleared_on")
      ) <= "t38"."experience_days"
    ),
    FALSE
  ) AS "in_good_time",
  "t38"."derived"
FROM (
  SELECT
    "t37"."item_id",
    "t37"."kind",
    "t37"."amount",
    "t37"."effective_on",
    "t37"."cleared_on",
    "t37"."matures_on",
    "t37"."derived",
    "t37"."source_item_id",
    "t37"."buyer_id",
    "t37"."currency",
    "t37"."issued_on",
    "t37"."due_on",
    "t37"."terms_end",
    "t37"."paid",
    "t37"."undated",
    "t37"."lost",
    "t37"."country_key",
    "t37"."due_by",
    "t37"."end_by",
    "t12"."tolerance_days",
    "t12"."experience_days"
  FROM (
    SELECT
      "t35"."item_id",
      "t35"."kind",
      "t35"."amount",
      "t35"."effective_on",
      "t35"."cleared_on",
      "t35"."matures_on",
      "t35"."derived",
      "t35"."source_item_id",
      "t35"."buyer_id",
      "t35"."currency",
      "t35"."issued_on",
      "t35"."due_on",
      "t35"."terms_end",
      "t35"."paid",
      "t35"."undated",
      "t35"."lost",
      "t35"."country_key",
      "t35"."due_by",
      CASE
        WHEN "t35"."terms_end" = "t35"."due_on"
        THEN "t35"."due_by"
        ELSE "t35"."end_by"
      END AS "end_by"
    FROM (
      SELECT
        "t34"."item_id",
        "t34"."kind",
        "t34"."amount",
        "t34"."effective_on",
        "t34"."cleared_on",
        "t34"."matures_on",
        "t34"."derived",
        "t34"."source_item_id",
        "t34"."buyer_id",
        "t34"."currency",
        "t34"."issued_on",
        "t34"."due_on",
        "t34"."terms_end",
        "t34"."paid",
        "t34"."undated",
        "t34"."lost",
        "t34"."country_key",
        "t34"."due_by",
        COALESCE("t17"."shifted", "t34"."end_by") AS "end_by"
      FROM (
        SELECT
          "t32"."item_id",
          "t32"."kind",
          "t32"."amount",
          "t32"."effective_on",
          "t32"."cleared_on",
          "t32"."matures_on",
          "t32"."derived",
          "t32"."source_item_id",
          "t32"."buyer_id",
          "t32"."currency",
          "t32"."issued_on",
          "t32"."due_on",
          "t32"."terms_end",
          "t32"."paid",
          "t32"."undated",
          "t32"."lost",
          "t32"."country_key",
          "t32"."due_by",
          CASE
            WHEN (
              "t32"."terms_end" <> "t32"."due_on"
            )
            AND (
              "t32"."cleared_on" > "t32"."terms_end"
            )
            THEN "t32"."terms_end"
            ELSE CAST(NULL AS DATE)
          END AS "day_key",
          "t32"."terms_end" AS "end_by"
        FROM (
          SELECT
            "t31"."item_id",
            "t31"."kind",
            "t31"."amount",
            "t31"."effective_on",
            "t31"."cleared_on",
            "t31"."matures_on",
            "t31"."derived",
            "t31"."source_item_id",
            "t31"."buyer_id",
            "t31"."currency",
            "t31"."issued_on",
            "t31"."due_on",
            "t31"."terms_end",
            "t31"."paid",
            "t31"."undated",
            "t31"."lost",
            "t31"."country_key",
            COALESCE("t18"."shifted", "t31"."due_by") AS "due_by"
          FROM (
            SELECT
              "t29"."item_id",
              "t29"."kind",
              "t29"."amount",
              "t29"."effective_on",
              "t29"."cleared_on",
              "t29"."matures_on",
              "t29"."derived",
              "t29"."source_item_id",
              "t29"."buyer_id",
              "t29"."currency",
              "t29"."issued_on",
              "t29"."due_on",
              "t29"."terms_end",
              "t29"."paid",
              "t29"."undated",
              "t29"."lost",
              "t29"."country_key",
              CASE
                WHEN "t29"."effective_on" > "t29"."due_on"
                THEN "t29"."due_on"
                ELSE CAST(NULL AS DATE)
              END AS "day_key",
              "t29"."due_on" AS "due_by"
            FROM (
              SELECT
                "t28"."item_id",
                "t28"."kind",
                "t28"."amount",
                "t28"."effective_on",
                "t28"."cleared_on",
                "t28"."matures_on",
                "t28"."derived",
                "t28"."source_item_id",
                "t28"."buyer_id",
                "t28"."currency",
                "t28"."issued_on",
                "t28"."due_on",
                "t28"."terms_end",
                "t28"."paid",
                "t28"."undated",
                "t28"."lost",
                COALESCE("t19"."place", '') AS "country_key"
              FROM (
                SELECT
                  "t26"."item_id",
                  "t26"."kind",
                  "t26"."amount",
                  "t26"."effective_on",
                  "t26"."cleared_on",
                  "t26"."matures_on",
                  "t26"."derived",
                  "t26"."source_item_id",
                  "t26"."buyer_id",
                  "t26"."currency",
                  "t26"."issued_on",
                  "t26"."due_on",
                  CASE
                    WHEN "t26"."kind" IN ('bank_acceptance', 'commercial_acceptance', 'electronic_receivable')
                    THEN GREATEST("t26"."due_on", COALESCE("t26"."matures_on", "t26"."due_on"))
                    ELSE "t26"."due_on"
                  END AS "terms_end",
                  "t26"."kind" IN ('cash', 'bank_acceptance', 'commercial_acceptance', 'electronic_receivable')
                  AND NOT (
                    "t26"."derived" AND (
                      "t26"."source_item_id" IS NULL
                    )
                  ) AS "paid",
                  "t26"."kind" IN ('cash', 'bank_acceptance', 'commercial_acceptance', 'electronic_receivable')
                  AND (
                    "t26"."derived" AND (
                      "t26"."source_item_id" IS NULL
                    )
                  ) AS "undated",
                  "t26"."kind" = 'write_off' AS "lost"
                FROM (
                  SELECT
                    "t24"."item_id",
                    "t24"."kind",
                    "t24"."amount",
                    "t24"."effective_on",
                    "t24"."cleared_on",
                    "t24"."matures_on",
                    "t24"."derived",
                    "t24"."source_item_id",
                    "t25"."buyer_id",
                    "t25"."currency",
                    "t25"."issued_on",
                    "t25"."due_on"
                  FROM (
                    SELECT
                      "t20"."item_id",
                      "t20"."kind",
                      "t20"."amount",
                      "t20"."effective_on",
                      "t20"."cleared_on",
                      "t20"."matures_on",
                      "t20"."derived",
                      "t20"."source_item_id"
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
                      AND DATE_DIFF('DAY', "t20"."cleared_on", "t20"."as_of") < 806
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
                ) AS "t26"
              ) AS "t28"
              LEFT OUTER JOIN (
                SELECT
                  "t2"."buyer_id" AS "place_id",
                  COALESCE("t2"."country", '') AS "place"
                FROM "buyers" AS "t2"
              ) AS "t19"
                ON "t28"."buyer_id" = "t19"."place_id"
            ) AS "t29"
          ) AS "t31"
          LEFT OUTER JOIN (
            SELECT
              "t7"."country" AS "calendar_country",
              "t7"."day" AS "calendar_day",
              "t7"."next_working_day" AS "shifted"
            FROM "working_days" AS "t7"
          ) AS "t18"
            ON "t31"."day_key" = "t18"."calendar_day"
            AND "t31"."country_key" = "t18"."calendar_country"
        ) AS "t32"
      ) AS "t34"
      LEFT OUTER JOIN (
        SELECT
          "t6"."country" AS "calendar_country",
          "t6"."day" AS "calendar_day",
          "t6"."next_working_day" AS "shifted"
        FROM "working_days" AS "t6"
      ) AS "t17"
        ON "t34"."day_key" = "t17"."calendar_day"
        AND "t34"."country_key" = "t17"."calendar_country"
    ) AS "t35"
  ) AS "t37"
  CROSS JOIN (
    SELECT
      "t0"."tolerance_days",
      "t0"."experience_days"
    FROM "settings" AS "t0"
  ) AS "t12"
) AS "t38"
