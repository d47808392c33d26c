SELECT
  "t19"."buyer_id",
  "t19"."currency",
  "t19"."reason",
  SUM("t19"."bill_amount") AS "amount",
  MIN("t19"."deadline") AS "deadline",
  COUNT(*) AS "bills"
FROM (
  SELECT
    "t14"."owner_id",
    "t14"."buyer_id",
    "t14"."currency",
    "t18"."item_id",
    "t18"."bill_amount",
    "t18"."deadline",
    "t18"."reason"
  FROM (
    SELECT
      "t10"."item_id" AS "owner_id",
      "t10"."buyer_id",
      "t10"."currency"
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
        "t8"."as_of",
        "t8"."known_at"
      FROM "items" AS "t4"
      CROSS JOIN (
        SELECT
          *
        FROM "clock" AS "t1"
      ) AS "t8"
    ) AS "t10"
    WHERE
      "t10"."recorded_at" <= "t10"."known_at"
      AND (
        (
          "t10"."superseded_at" IS NULL
        )
        OR (
          "t10"."superseded_at" > "t10"."known_at"
        )
      )
  ) AS "t14"
  INNER JOIN (
    SELECT
      *
    FROM (
      SELECT
        "t15"."item_id",
        "t15"."amount" AS "bill_amount",
        CAST(CAST(CASE
          WHEN COALESCE("t15"."dishonoured_on" <= "t15"."as_of", FALSE)
          THEN "t15"."dishonoured_on" + TO_MONTHS("t9"."recourse_months")
          ELSE "t15"."matures_on" + TO_DAYS("t9"."presentment_days")
        END AS TIMESTAMP) AS DATE) AS "deadline",
        CASE
          WHEN COALESCE("t15"."dishonoured_on" <= "t15"."as_of", FALSE)
          AND (
            CAST(CAST(CASE
              WHEN COALESCE("t15"."dishonoured_on" <= "t15"."as_of", FALSE)
              THEN "t15"."dishonoured_on" + TO_MONTHS("t9"."recourse_months")
              ELSE "t15"."matures_on" + TO_DAYS("t9"."presentment_days")
            END AS TIMESTAMP) AS DATE) >= "t15"."as_of"
          )
          THEN 'recourse_runs'
          WHEN COALESCE("t15"."dishonoured_on" <= "t15"."as_of", FALSE)
          THEN 'recourse_lapsed'
          WHEN "t15"."matures_on" > "t15"."as_of"
          THEN 'not_matured'
          WHEN CAST(CAST(CASE
            WHEN COALESCE("t15"."dishonoured_on" <= "t15"."as_of", FALSE)
            THEN "t15"."dishonoured_on" + TO_MONTHS("t9"."recourse_months")
            ELSE "t15"."matures_on" + TO_DAYS("t9"."presentment_days")
          END AS TIMESTAMP) AS DATE) >= "t15"."as_of"
          THEN 'present_bill'
          WHEN CAST(CAST(CASE
            WHEN COALESCE("t15"."dishonoured_on" <= "t15"."as_of", FALSE)
            THEN "t15"."dishonoured_on" + TO_MONTHS("t9"."recourse_months")
            ELSE "t15"."matures_on" + TO_DAYS("t9"."presentment_days")
          END AS TIMESTAMP) AS DATE) < "t15"."as_of"
          THEN 'presentment_late'
          ELSE 'no_maturity'
        END AS "reason"
      FROM (
        SELECT
          *
        FROM (
          SELECT
            "t5"."settlement_id",
            "t5"."item_id",
            "t5"."source_item_id",
            "t5"."kind",
            "t5"."amount",
            "t5"."effective_on",
            "t5"."cleared_on",
            "t5"."matures_on",
            "t5"."dishonoured_on",
            "t5"."derived",
            "t5"."recorded_at",
            "t5"."superseded_at",
            "t8"."as_of",
            "t8"."known_at"
          FROM "settlements" AS "t5"
          CROSS JOIN (
            SELECT
              *
            FROM "clock" AS "t1"
          ) AS "t8"
        ) AS "t11"
        WHERE
          "t11"."recorded_at" <= "t11"."known_at"
          AND (
            (
              "t11"."superseded_at" IS NULL
            )
            OR (
              "t11"."superseded_at" > "t11"."known_at"
            )
          )
          AND "t11"."kind" IN ('bank_acceptance', 'commercial_acceptance', 'electronic_receivable')
          AND "t11"."effective_on" <= "t11"."as_of"
          AND (
            (
              "t11"."cleared_on" IS NULL
            ) OR (
              "t11"."cleared_on" > "t11"."as_of"
            )
          )
      ) AS "t15"
      CROSS JOIN (
        SELECT
          "t2"."presentment_days",
          "t2"."recourse_months"
        FROM "settings" AS "t2"
      ) AS "t9"
    ) AS "t16"
    WHERE
      "t16"."reason" <> 'not_matured'
  ) AS "t18"
    ON "t14"."owner_id" = "t18"."item_id"
) AS "t19"
GROUP BY
  1,
  2,
  3
