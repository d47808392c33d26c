SELECT
  "t32"."buyer_id",
  "t32"."currency",
  LIST_SORT(
    LIST_FILTER(
      CAST([
        CASE
          WHEN "t32"."settle_effort" IS NULL
          THEN CAST(NULL AS STRUCT(
            "effort" DOUBLE,
            "code" TEXT,
            "factor" TEXT,
            "from_value" DOUBLE,
            "to_value" DOUBLE,
            "gain_points" DECIMAL(5, 1),
            "reaches_grade" BIGINT,
            "params" TEXT
          ))
          ELSE {'effort': "t32"."settle_effort", 'code': 'settle_overdue_now', 'factor': 'overdue_ratio', 'from_value': "t32"."settle_from_value", 'to_value': "t32"."settle_to_value", 'gain_points': "t32"."settle_gap", 'reaches_grade': "t32"."settle_reaches_grade", 'params': '{' || '"from": ' || COALESCE(CAST("t32"."settle_from_value" AS TEXT), 'null') || ', "to": ' || COALESCE(CAST("t32"."settle_to_value" AS TEXT), 'null') || '}'}
        END,
        CASE
          WHEN "t32"."days_beyond_terms_effort" IS NULL
          THEN CAST(NULL AS STRUCT(
            "effort" DOUBLE,
            "code" TEXT,
            "factor" TEXT,
            "from_value" DOUBLE,
            "to_value" DOUBLE,
            "gain_points" DECIMAL(5, 1),
            "reaches_grade" BIGINT,
            "params" TEXT
          ))
          ELSE {'effort': "t32"."days_beyond_terms_effort", 'code': 'change_days_beyond_terms', 'factor': 'days_beyond_terms', 'from_value': "t32"."days_beyond_terms_from_value", 'to_value': "t32"."days_beyond_terms_to_value", 'gain_points': "t32"."single_gap", 'reaches_grade': "t32"."single_reaches_grade", 'params': '{' || '"from": ' || COALESCE(CAST("t32"."days_beyond_terms_from_value" AS TEXT), 'null') || ', "to": ' || COALESCE(CAST("t32"."days_beyond_terms_to_value" AS TEXT), 'null') || '}'}
        END,
        CASE
          WHEN "t32"."on_time_ratio_effort" IS NULL
          THEN CAST(NULL AS STRUCT(
            "effort" DOUBLE,
            "code" TEXT,
            "factor" TEXT,
            "from_value" DOUBLE,
            "to_value" DOUBLE,
            "gain_points" DECIMAL(5, 1),
            "reaches_grade" BIGINT,
            "params" TEXT
          ))
          ELSE {'effort': "t32"."on_time_ratio_effort", 'code': 'change_on_time_ratio', 'factor': 'on_time_ratio', 'from_value': "t32"."on_time_ratio_from_value", 'to_value': "t32"."on_time_ratio_to_value", 'gain_points': "t32"."single_gap", 'reaches_grade': "t32"."single_reaches_grade", 'params': '{' || '"from": ' || COALESCE(CAST("t32"."on_time_ratio_from_value" AS TEXT), 'null') || ', "to": ' || COALESCE(CAST("t32"."on_time_ratio_to_value" AS TEXT), 'null') || '}'}
        END,
        CASE
          WHEN "t32"."overdue_ratio_effort" IS NULL
          THEN CAST(NULL AS STRUCT(
            "effort" DOUBLE,
            "code" TEXT,
            "factor" TEXT,
            "from_value" DOUBLE,
            "to_value" DOUBLE,
            "gain_points" DECIMAL(5, 1),
            "reaches_grade" BIGINT,
            "params" TEXT
          ))
          ELSE {'effort': "t32"."overdue_ratio_effort", 'code': 'change_overdue_ratio', 'factor': 'overdue_ratio', 'from_value': "t32"."overdue_ratio_from_value", 'to_value': "t32"."overdue_ratio_to_value", 'gain_points': "t32"."single_gap", 'reaches_grade': "t32"."single_reaches_grade", 'params': '{' || '"from": ' || COALESCE(CAST("t32"."overdue_ratio_from_value" AS TEXT), 'null') || ', "to": ' || COALESCE(CAST("t32"."overdue_ratio_to_value" AS TEXT), 'null') || '}'}
        END,
        CASE
          WHEN "t32"."long_overdue_ratio_effort" IS NULL
          THEN CAST(NULL AS STRUCT(
            "effort" DOUBLE,
            "code" TEXT,
            "factor" TEXT,
            "from_value" DOUBLE,
            "to_value" DOUBLE,
            "gain_points" DECIMAL(5, 1),
            "reaches_grade" BIGINT,
            "params" TEXT
          ))
          ELSE {'effort': "t32"."long_overdue_ratio_effort", 'code': 'change_long_overdue_ratio', 'factor': 'long_overdue_ratio', 'from_value': "t32"."long_overdue_ratio_from_value", 'to_value': "t32"."long_overdue_ratio_to_value", 'gain_points': "t32"."single_gap", 'reaches_grade': "t32"."single_reaches_grade", 'params': '{' || '"from": ' || COALESCE(CAST("t32"."long_overdue_ratio_from_value" AS TEXT), 'null') || ', "to": ' || COALESCE(CAST("t32"."long_overdue_ratio_to_value" AS TEXT), 'null') || '}'}
        END,
        CASE
          WHEN "t32"."trend_days_effort" IS NULL
          THEN CAST(NULL AS STRUCT(
            "effort" DOUBLE,
            "code" TEXT,
            "factor" TEXT,
            "from_value" DOUBLE,
            "to_value" DOUBLE,
            "gain_points" DECIMAL(5, 1),
            "reaches_grade" BIGINT,
            "params" TEXT
          ))
          ELSE {'effort': "t32"."trend_days_effort", 'code': 'change_trend_days', 'factor': 'trend_days', 'from_value': "t32"."trend_days_from_value", 'to_value': "t32"."trend_days_to_value", 'gain_points': "t32"."single_gap", 'reaches_grade': "t32"."single_reaches_grade", 'params': '{' || '"from": ' || COALESCE(CAST("t32"."trend_days_from_value" AS TEXT), 'null') || ', "to": ' || COALESCE(CAST("t32"."trend_days_to_value" AS TEXT), 'null') || '}'}
        END,
        CASE
          WHEN "t32"."volatility_days_effort" IS NULL
          THEN CAST(NULL AS STRUCT(
            "effort" DOUBLE,
            "code" TEXT,
            "factor" TEXT,
            "from_value" DOUBLE,
            "to_value" DOUBLE,
            "gain_points" DECIMAL(5, 1),
            "reaches_grade" BIGINT,
            "params" TEXT
          ))
          ELSE {'effort': "t32"."volatility_days_effort", 'code': 'change_volatility_days', 'factor': 'volatility_days', 'from_value': "t32"."volatility_days_from_value", 'to_value': "t32"."volatility_days_to_value", 'gain_points': "t32"."single_gap", 'reaches_grade': "t32"."single_reaches_grade", 'params': '{' || '"from": ' || COALESCE(CAST("t32"."volatility_days_from_value" AS TEXT), 'null') || ', "to": ' || COALESCE(CAST("t32"."volatility_days_to_value" AS TEXT), 'null') || '}'}
        END,
        CASE
          WHEN "t32"."history_days_effort" IS NULL
          THEN CAST(NULL AS STRUCT(
            "effort" DOUBLE,
            "code" TEXT,
            "factor" TEXT,
            "from_value" DOUBLE,
            "to_value" DOUBLE,
            "gain_points" DECIMAL(5, 1),
            "reaches_grade" BIGINT,
            "params" TEXT
          ))
          ELSE {'effort': "t32"."history_days_effort", 'code': 'change_history_days', 'factor': 'history_days', 'from_value': "t32"."history_days_from_value", 'to_value': "t32"."history_days_to_value", 'gain_points': "t32"."single_gap", 'reaches_grade': "t32"."single_reaches_grade", 'params': '{' || '"from": ' || COALESCE(CAST("t32"."history_days_from_value" AS TEXT), 'null') || ', "to": ' || COALESCE(CAST("t32"."history_days_to_value" AS TEXT), 'null') || '}'}
        END
      ] AS STRUCT(
        "effort" DOUBLE,
        "code" TEXT,
        "factor" TEXT,
        "from_value" DOUBLE,
        "to_value" DOUBLE,
        "gain_points" DECIMAL(5, 1),
        "reaches_grade" BIGINT,
        "params" TEXT
      )[]),
      LAMBDA __ibis_param_change__ : __ibis_param_change__ IS NOT NULL
    )
  ) AS "counterfactuals"
FROM (
  SELECT
    "t31"."buyer_id",
    "t31"."currency",
    MAX("t31"."effort") FILTER(WHERE
      "t31"."factor" = 'settle') AS "settle_effort",
    MAX("t31"."from_value") FILTER(WHERE
      "t31"."factor" = 'settle') AS "settle_from_value",
    MAX("t31"."to_value") FILTER(WHERE
      "t31"."factor" = 'settle') AS "settle_to_value",
    MAX("t31"."effort") FILTER(WHERE
      "t31"."factor" = 'days_beyond_terms') AS "days_beyond_terms_effort",
    MAX("t31"."from_value") FILTER(WHERE
      "t31"."factor" = 'days_beyond_terms') AS "days_beyond_terms_from_value",
    MAX("t31"."to_value") FILTER(WHERE
      "t31"."factor" = 'days_beyond_terms') AS "days_beyond_terms_to_value",
    MAX("t31"."effort") FILTER(WHERE
      "t31"."factor" = 'on_time_ratio') AS "on_time_ratio_effort",
    MAX("t31"."from_value") FILTER(WHERE
      "t31"."factor" = 'on_time_ratio') AS "on_time_ratio_from_value",
    MAX("t31"."to_value") FILTER(WHERE
      "t31"."factor" = 'on_time_ratio') AS "on_time_ratio_to_value",
    MAX("t31"."effort") FILTER(WHERE
      "t31"."factor" = 'overdue_ratio') AS "overdue_ratio_effort",
    MAX("t31"."from_value") FILTER(WHERE
      "t31"."factor" = 'overdue_ratio') AS "overdue_ratio_from_value",
    MAX("t31"."to_value") FILTER(WHERE
      "t31"."factor" = 'overdue_ratio') AS "overdue_ratio_to_value",
    MAX("t31"."effort") FILTER(WHERE
      "t31"."factor" = 'long_overdue_ratio') AS "long_overdue_ratio_effort",
    MAX("t31"."from_value") FILTER(WHERE
      "t31"."factor" = 'long_overdue_ratio') AS "long_overdue_ratio_from_value",
    MAX("t31"."to_value") FILTER(WHERE
      "t31"."factor" = 'long_overdue_ratio') AS "long_overdue_ratio_to_value",
    MAX("t31"."effort") FILTER(WHERE
      "t31"."factor" = 'trend_days') AS "trend_days_effort",
    MAX("t31"."from_value") FILTER(WHERE
      "t31"."factor" = 'trend_days') AS "trend_days_from_value",
    MAX("t31"."to_value") FILTER(WHERE
      "t31"."factor" = 'trend_days') AS "trend_days_to_value",
    MAX("t31"."effort") FILTER(WHERE
      "t31"."factor" = 'volatility_days') AS "volatility_days_effort",
    MAX("t31"."from_value") FILTER(WHERE
      "t31"."factor" = 'volatility_days') AS "volatility_days_from_value",
    MAX("t31"."to_value") FILTER(WHERE
      "t31"."factor" = 'volatility_days') AS "volatility_days_to_value",
    MAX("t31"."effort") FILTER(WHERE
      "t31"."factor" = 'history_days') AS "history_days_effort",
    MAX("t31"."from_value") FILTER(WHERE
      "t31"."factor" = 'history_days') AS "history_days_from_value",
    MAX("t31"."to_value") FILTER(WHERE
      "t31"."factor" = 'history_days') AS "history_days_to_value",
    MAX("t31"."gap") FILTER(WHERE
      "t31"."factor" = 'settle') AS "settle_gap",
    MAX("t31"."reaches_grade") FILTER(WHERE
      "t31"."factor" = 'settle') AS "settle_reaches_grade",
    MAX("t31"."gap") FILTER(WHERE
      NOT (
        "t31"."factor" = 'settle'
      )) AS "single_gap",
    MAX("t31"."reaches_grade") FILTER(WHERE
      NOT (
        "t31"."factor" = 'settle'
      )) AS "single_reaches_grade"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t29"."buyer_id",
        "t29"."currency",
        "t29"."factor",
        "t29"."gap",
        "t29"."reaches_grade",
        "t29"."value" AS "from_value",
        "t29"."to_value",
        ABS("t29"."to_value" - "t29"."value") / "t15"."span" AS "effort"
      FROM (
        SELECT
          "t23"."buyer_id",
          "t23"."currency",
          "t23"."factor",
          "t23"."value",
          "t23"."position",
          "t23"."max_points",
          "t23"."lower_is_better",
          "t23"."step",
          "t23"."points",
          "t23"."aim_buyer",
          "t23"."aim_currency",
          "t23"."gap",
          "t23"."reaches_grade",
          "t23"."wanted",
          "t23"."line_factor",
          "t23"."x0",
          "t23"."x1",
          "t23"."y0",
          "t23"."y1",
          CAST(ROUND(
            CASE
              WHEN "t23"."lower_is_better"
              THEN CAST(FLOOR(
                (
                  (
                    "t23"."x0" + (
                      (
                        (
                          "t23"."wanted" - "t23"."y0"
                        ) / (
                          "t23"."y1" - "t23"."y0"
                        )
                      ) * (
                        "t23"."x1" - "t23"."x0"
                      )
                    )
                  ) / "t23"."step"
                ) + 1e-09
              ) AS BIGINT) * "t23"."step"
              ELSE CAST(CEIL(
                (
                  (
                    "t23"."x0" + (
                      (
                        (
                          "t23"."wanted" - "t23"."y0"
                        ) / (
                          "t23"."y1" - "t23"."y0"
                        )
                      ) * (
                        "t23"."x1" - "t23"."x0"
                      )
                    )
                  ) / "t23"."step"
                ) - 1e-09
              ) AS BIGINT) * "t23"."step"
            END,
            4
          ) AS DOUBLE) AS "to_value"
        FROM (
          SELECT
            "t21"."buyer_id",
            "t21"."currency",
            "t21"."factor",
            "t21"."value",
            "t21"."position",
            "t21"."max_points",
            "t21"."lower_is_better",
            "t21"."step",
            "t21"."points",
            "t21"."aim_buyer",
            "t21"."aim_currency",
            "t21"."gap",
            "t21"."reaches_grade",
            "t21"."wanted",
            "t11"."line_factor",
            "t11"."x0",
            "t11"."x1",
            "t11"."y0",
            "t11"."y1"
          FROM (
            SELECT
              "t17"."buyer_id",
              "t17"."currency",
              "t17"."factor",
              "t17"."value",
              "t17"."position",
              "t17"."max_points",
              "t17"."lower_is_better",
              "t17"."step",
              "t17"."points",
              "t17"."aim_buyer",
              "t17"."aim_currency",
              "t17"."gap",
              "t17"."reaches_grade",
              CAST("t17"."points" + "t17"."gap" AS DOUBLE) AS "wanted"
            FROM (
              SELECT
                "t4"."buyer_id",
                "t4"."currency",
                "t4"."factor",
                "t4"."value",
                "t4"."position",
                "t4"."max_points",
                "t4"."lower_is_better",
                "t4"."step",
                "t4"."points",
                "t14"."aim_buyer",
                "t14"."aim_currency",
                "t14"."gap",
                "t14"."reaches_grade"
              FROM "factor_points" AS "t4"
              INNER JOIN (
                SELECT
                  "t3"."buyer_id" AS "aim_buyer",
                  "t3"."currency" AS "aim_currency",
                  "t3"."next_score" - "t3"."health_score" AS "gap",
                  "t3"."grade" - 1 AS "reaches_grade"
                FROM "scores" AS "t3"
                WHERE
                  (
                    "t3"."next_score" - "t3"."health_score"
                  ) > 0
              ) AS "t14"
                ON "t4"."buyer_id" = "t14"."aim_buyer" AND "t4"."currency" = "t14"."aim_currency"
            ) AS "t17"
            WHERE
              "t17"."value" IS NOT NULL
              AND (
                "t17"."points" + "t17"."gap"
              ) <= "t17"."max_points"
          ) AS "t21"
          INNER JOIN (
            SELECT
              "t0"."factor" AS "line_factor",
              "t0"."x0",
              "t0"."x1",
              "t0"."y0",
              "t0"."y1"
            FROM "segments" AS "t0"
            WHERE
              "t0"."y0" <> "t0"."y1"
          ) AS "t11"
            ON "t21"."factor" = "t11"."line_factor"
            AND "t21"."wanted" <= GREATEST("t11"."y0", "t11"."y1")
            AND "t21"."wanted" > LEAST("t11"."y0", "t11"."y1")
        ) AS "t23"
      ) AS "t29"
      INNER JOIN (
        SELECT
          "t0"."factor" AS "span_factor",
          MAX("t0"."x1") FILTER(WHERE
            "t0"."x1" < 1000000000.0) - MIN("t0"."x0") FILTER(WHERE
            "t0"."x0" > -1000000000.0) AS "span"
        FROM "segments" AS "t0"
        GROUP BY
          1
      ) AS "t15"
        ON "t29"."factor" = "t15"."span_factor"
    ) AS "t30"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t26"."buyer_id",
        "t26"."currency",
        'settle' AS "factor",
        CAST("t26"."gain" AS DECIMAL(5, 1)) AS "gap",
        "t26"."grade" AS "reaches_grade",
        "t26"."overdue" AS "from_value",
        0.0 AS "to_value",
        -1.0 AS "effort"
      FROM (
        SELECT
          "t25"."buyer_id",
          "t25"."currency",
          "t25"."gain",
          "t25"."overdue",
          "t25"."now_buyer",
          "t25"."now_currency",
          "t25"."score",
          "t25"."was",
          "t25"."after",
          "t8"."grade",
          "t8"."from_score",
          "t8"."below_score"
        FROM (
          SELECT
            "t22"."buyer_id",
            "t22"."currency",
            "t22"."gain",
            "t22"."overdue",
            "t22"."now_buyer",
            "t22"."now_currency",
            "t22"."score",
            "t22"."was",
            CAST("t22"."score" + "t22"."gain" AS DECIMAL(5, 1)) AS "after"
          FROM (
            SELECT
              "t19"."buyer_id",
              "t19"."currency",
              "t19"."gain",
              "t19"."overdue",
              "t10"."now_buyer",
              "t10"."now_currency",
              "t10"."score",
              "t10"."was"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t9"."buyer_id",
                  "t9"."currency",
                  SUM("t9"."max_points" - "t9"."points") AS "gain",
                  MAX("t9"."value") FILTER(WHERE
                    "t9"."factor" = 'overdue_ratio') AS "overdue"
                FROM (
                  SELECT
                    *
                  FROM "factor_points" AS "t2"
                  WHERE
                    "t2"."factor" IN ('overdue_ratio', 'long_overdue_ratio')
                ) AS "t9"
                GROUP BY
                  1,
                  2
              ) AS "t16"
              WHERE
                "t16"."gain" > 0
            ) AS "t19"
            INNER JOIN (
              SELECT
                "t3"."buyer_id" AS "now_buyer",
                "t3"."currency" AS "now_currency",
                "t3"."health_score" AS "score",
                "t3"."grade" AS "was"
              FROM "scores" AS "t3"
            ) AS "t10"
              ON "t19"."buyer_id" = "t10"."now_buyer" AND "t19"."currency" = "t10"."now_currency"
          ) AS "t22"
        ) AS "t25"
        INNER JOIN (
          SELECT
            "t1"."grade",
            "t1"."from_score",
            "t1"."below_score"
          FROM "grades" AS "t1"
        ) AS "t8"
          ON "t25"."after" >= "t8"."from_score" AND "t25"."after" < "t8"."below_score"
      ) AS "t26"
      WHERE
        "t26"."grade" < "t26"."was"
    ) AS "t27"
  ) AS "t31"
  GROUP BY
    1,
    2
) AS "t32"
