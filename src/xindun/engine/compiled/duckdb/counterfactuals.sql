SELECT
  "t33"."buyer_id",
  "t33"."currency",
  LIST_SORT(
    LIST_FILTER(
      CAST([
        CASE
          WHEN "t33"."settle_overdue_now_effort" IS NULL
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
          ELSE {'effort': "t33"."settle_overdue_now_effort", 'code': 'settle_overdue_now', 'factor': "t33"."settle_overdue_now_factor", 'from_value': "t33"."settle_overdue_now_from_value", 'to_value': "t33"."settle_overdue_now_to_value", 'gain_points': "t33"."settle_overdue_now_gain_points", 'reaches_grade': "t33"."settle_overdue_now_reaches_grade", 'params': '{' || '"from": ' || COALESCE(CAST("t33"."settle_overdue_now_from_value" AS TEXT), 'null') || ', "to": ' || COALESCE(CAST("t33"."settle_overdue_now_to_value" AS TEXT), 'null') || '}'}
        END,
        CASE
          WHEN "t33"."change_days_beyond_terms_effort" IS NULL
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
          ELSE {'effort': "t33"."change_days_beyond_terms_effort", 'code': 'change_days_beyond_terms', 'factor': "t33"."change_days_beyond_terms_factor", 'from_value': "t33"."change_days_beyond_terms_from_value", 'to_value': "t33"."change_days_beyond_terms_to_value", 'gain_points': "t33"."change_days_beyond_terms_gain_points", 'reaches_grade': "t33"."change_days_beyond_terms_reaches_grade", 'params': '{' || '"from": ' || COALESCE(CAST("t33"."change_days_beyond_terms_from_value" AS TEXT), 'null') || ', "to": ' || COALESCE(CAST("t33"."change_days_beyond_terms_to_value" AS TEXT), 'null') || '}'}
        END,
        CASE
          WHEN "t33"."change_on_time_ratio_effort" IS NULL
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
          ELSE {'effort': "t33"."change_on_time_ratio_effort", 'code': 'change_on_time_ratio', 'factor': "t33"."change_on_time_ratio_factor", 'from_value': "t33"."change_on_time_ratio_from_value", 'to_value': "t33"."change_on_time_ratio_to_value", 'gain_points': "t33"."change_on_time_ratio_gain_points", 'reaches_grade': "t33"."change_on_time_ratio_reaches_grade", 'params': '{' || '"from": ' || COALESCE(CAST("t33"."change_on_time_ratio_from_value" AS TEXT), 'null') || ', "to": ' || COALESCE(CAST("t33"."change_on_time_ratio_to_value" AS TEXT), 'null') || '}'}
        END,
        CASE
          WHEN "t33"."change_overdue_ratio_effort" IS NULL
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
          ELSE {'effort': "t33"."change_overdue_ratio_effort", 'code': 'change_overdue_ratio', 'factor': "t33"."change_overdue_ratio_factor", 'from_value': "t33"."change_overdue_ratio_from_value", 'to_value': "t33"."change_overdue_ratio_to_value", 'gain_points': "t33"."change_overdue_ratio_gain_points", 'reaches_grade': "t33"."change_overdue_ratio_reaches_grade", 'params': '{' || '"from": ' || COALESCE(CAST("t33"."change_overdue_ratio_from_value" AS TEXT), 'null') || ', "to": ' || COALESCE(CAST("t33"."change_overdue_ratio_to_value" AS TEXT), 'null') || '}'}
        END,
        CASE
          WHEN "t33"."change_long_overdue_ratio_effort" IS NULL
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
          ELSE {'effort': "t33"."change_long_overdue_ratio_effort", 'code': 'change_long_overdue_ratio', 'factor': "t33"."change_long_overdue_ratio_factor", 'from_value': "t33"."change_long_overdue_ratio_from_value", 'to_value': "t33"."change_long_overdue_ratio_to_value", 'gain_points': "t33"."change_long_overdue_ratio_gain_points", 'reaches_grade': "t33"."change_long_overdue_ratio_reaches_grade", 'params': '{' || '"from": ' || COALESCE(CAST("t33"."change_long_overdue_ratio_from_value" AS TEXT), 'null') || ', "to": ' || COALESCE(CAST("t33"."change_long_overdue_ratio_to_value" AS TEXT), 'null') || '}'}
        END,
        CASE
          WHEN "t33"."change_trend_days_effort" IS NULL
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
          ELSE {'effort': "t33"."change_trend_days_effort", 'code': 'change_trend_days', 'factor': "t33"."change_trend_days_factor", 'from_value': "t33"."change_trend_days_from_value", 'to_value': "t33"."change_trend_days_to_value", 'gain_points': "t33"."change_trend_days_gain_points", 'reaches_grade': "t33"."change_trend_days_reaches_grade", 'params': '{' || '"from": ' || COALESCE(CAST("t33"."change_trend_days_from_value" AS TEXT), 'null') || ', "to": ' || COALESCE(CAST("t33"."change_trend_days_to_value" AS TEXT), 'null') || '}'}
        END,
        CASE
          WHEN "t33"."change_volatility_days_effort" IS NULL
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
          ELSE {'effort': "t33"."change_volatility_days_effort", 'code': 'change_volatility_days', 'factor': "t33"."change_volatility_days_factor", 'from_value': "t33"."change_volatility_days_from_value", 'to_value': "t33"."change_volatility_days_to_value", 'gain_points': "t33"."change_volatility_days_gain_points", 'reaches_grade': "t33"."change_volatility_days_reaches_grade", 'params': '{' || '"from": ' || COALESCE(CAST("t33"."change_volatility_days_from_value" AS TEXT), 'null') || ', "to": ' || COALESCE(CAST("t33"."change_volatility_days_to_value" AS TEXT), 'null') || '}'}
        END,
        CASE
          WHEN "t33"."change_history_days_effort" IS NULL
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
          ELSE {'effort': "t33"."change_history_days_effort", 'code': 'change_history_days', 'factor': "t33"."change_history_days_factor", 'from_value': "t33"."change_history_days_from_value", 'to_value': "t33"."change_history_days_to_value", 'gain_points': "t33"."change_history_days_gain_points", 'reaches_grade': "t33"."change_history_days_reaches_grade", 'params': '{' || '"from": ' || COALESCE(CAST("t33"."change_history_days_from_value" AS TEXT), 'null') || ', "to": ' || COALESCE(CAST("t33"."change_history_days_to_value" AS TEXT), 'null') || '}'}
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
    "t32"."buyer_id",
    "t32"."currency",
    MAX("t32"."factor") FILTER(WHERE
      "t32"."code" = 'settle_overdue_now') AS "settle_overdue_now_factor",
    MAX("t32"."from_value") FILTER(WHERE
      "t32"."code" = 'settle_overdue_now') AS "settle_overdue_now_from_value",
    MAX("t32"."to_value") FILTER(WHERE
      "t32"."code" = 'settle_overdue_now') AS "settle_overdue_now_to_value",
    MAX("t32"."gain_points") FILTER(WHERE
      "t32"."code" = 'settle_overdue_now') AS "settle_overdue_now_gain_points",
    MAX("t32"."reaches_grade") FILTER(WHERE
      "t32"."code" = 'settle_overdue_now') AS "settle_overdue_now_reaches_grade",
    MAX("t32"."effort") FILTER(WHERE
      "t32"."code" = 'settle_overdue_now') AS "settle_overdue_now_effort",
    MAX("t32"."factor") FILTER(WHERE
      "t32"."code" = 'change_days_beyond_terms') AS "change_days_beyond_terms_factor",
    MAX("t32"."from_value") FILTER(WHERE
      "t32"."code" = 'change_days_beyond_terms') AS "change_days_beyond_terms_from_value",
    MAX("t32"."to_value") FILTER(WHERE
      "t32"."code" = 'change_days_beyond_terms') AS "change_days_beyond_terms_to_value",
    MAX("t32"."gain_points") FILTER(WHERE
      "t32"."code" = 'change_days_beyond_terms') AS "change_days_beyond_terms_gain_points",
    MAX("t32"."reaches_grade") FILTER(WHERE
      "t32"."code" = 'change_days_beyond_terms') AS "change_days_beyond_terms_reaches_grade",
    MAX("t32"."effort") FILTER(WHERE
      "t32"."code" = 'change_days_beyond_terms') AS "change_days_beyond_terms_effort",
    MAX("t32"."factor") FILTER(WHERE
      "t32"."code" = 'change_on_time_ratio') AS "change_on_time_ratio_factor",
    MAX("t32"."from_value") FILTER(WHERE
      "t32"."code" = 'change_on_time_ratio') AS "change_on_time_ratio_from_value",
    MAX("t32"."to_value") FILTER(WHERE
      "t32"."code" = 'change_on_time_ratio') AS "change_on_time_ratio_to_value",
    MAX("t32"."gain_points") FILTER(WHERE
      "t32"."code" = 'change_on_time_ratio') AS "change_on_time_ratio_gain_points",
    MAX("t32"."reaches_grade") FILTER(WHERE
      "t32"."code" = 'change_on_time_ratio') AS "change_on_time_ratio_reaches_grade",
    MAX("t32"."effort") FILTER(WHERE
      "t32"."code" = 'change_on_time_ratio') AS "change_on_time_ratio_effort",
    MAX("t32"."factor") FILTER(WHERE
      "t32"."code" = 'change_overdue_ratio') AS "change_overdue_ratio_factor",
    MAX("t32"."from_value") FILTER(WHERE
      "t32"."code" = 'change_overdue_ratio') AS "change_overdue_ratio_from_value",
    MAX("t32"."to_value") FILTER(WHERE
      "t32"."code" = 'change_overdue_ratio') AS "change_overdue_ratio_to_value",
    MAX("t32"."gain_points") FILTER(WHERE
      "t32"."code" = 'change_overdue_ratio') AS "change_overdue_ratio_gain_points",
    MAX("t32"."reaches_grade") FILTER(WHERE
      "t32"."code" = 'change_overdue_ratio') AS "change_overdue_ratio_reaches_grade",
    MAX("t32"."effort") FILTER(WHERE
      "t32"."code" = 'change_overdue_ratio') AS "change_overdue_ratio_effort",
    MAX("t32"."factor") FILTER(WHERE
      "t32"."code" = 'change_long_overdue_ratio') AS "change_long_overdue_ratio_factor",
    MAX("t32"."from_value") FILTER(WHERE
      "t32"."code" = 'change_long_overdue_ratio') AS "change_long_overdue_ratio_from_value",
    MAX("t32"."to_value") FILTER(WHERE
      "t32"."code" = 'change_long_overdue_ratio') AS "change_long_overdue_ratio_to_value",
    MAX("t32"."gain_points") FILTER(WHERE
      "t32"."code" = 'change_long_overdue_ratio') AS "change_long_overdue_ratio_gain_points",
    MAX("t32"."reaches_grade") FILTER(WHERE
      "t32"."code" = 'change_long_overdue_ratio') AS "change_long_overdue_ratio_reaches_grade",
    MAX("t32"."effort") FILTER(WHERE
      "t32"."code" = 'change_long_overdue_ratio') AS "change_long_overdue_ratio_effort",
    MAX("t32"."factor") FILTER(WHERE
      "t32"."code" = 'change_trend_days') AS "change_trend_days_factor",
    MAX("t32"."from_value") FILTER(WHERE
      "t32"."code" = 'change_trend_days') AS "change_trend_days_from_value",
    MAX("t32"."to_value") FILTER(WHERE
      "t32"."code" = 'change_trend_days') AS "change_trend_days_to_value",
    MAX("t32"."gain_points") FILTER(WHERE
      "t32"."code" = 'change_trend_days') AS "change_trend_days_gain_points",
    MAX("t32"."reaches_grade") FILTER(WHERE
      "t32"."code" = 'change_trend_days') AS "change_trend_days_reaches_grade",
    MAX("t32"."effort") FILTER(WHERE
      "t32"."code" = 'change_trend_days') AS "change_trend_days_effort",
    MAX("t32"."factor") FILTER(WHERE
      "t32"."code" = 'change_volatility_days') AS "change_volatility_days_factor",
    MAX("t32"."from_value") FILTER(WHERE
      "t32"."code" = 'change_volatility_days') AS "change_volatility_days_from_value",
    MAX("t32"."to_value") FILTER(WHERE
      "t32"."code" = 'change_volatility_days') AS "change_volatility_days_to_value",
    MAX("t32"."gain_points") FILTER(WHERE
      "t32"."code" = 'change_volatility_days') AS "change_volatility_days_gain_points",
    MAX("t32"."reaches_grade") FILTER(WHERE
      "t32"."code" = 'change_volatility_days') AS "change_volatility_days_reaches_grade",
    MAX("t32"."effort") FILTER(WHERE
      "t32"."code" = 'change_volatility_days') AS "change_volatility_days_effort",
    MAX("t32"."factor") FILTER(WHERE
      "t32"."code" = 'change_history_days') AS "change_history_days_factor",
    MAX("t32"."from_value") FILTER(WHERE
      "t32"."code" = 'change_history_days') AS "change_history_days_from_value",
    MAX("t32"."to_value") FILTER(WHERE
      "t32"."code" = 'change_history_days') AS "change_history_days_to_value",
    MAX("t32"."gain_points") FILTER(WHERE
      "t32"."code" = 'change_history_days') AS "change_history_days_gain_points",
    MAX("t32"."reaches_grade") FILTER(WHERE
      "t32"."code" = 'change_history_days') AS "change_history_days_reaches_grade",
    MAX("t32"."effort") FILTER(WHERE
      "t32"."code" = 'change_history_days') AS "change_history_days_effort"
  FROM (
    SELECT
      *
    FROM (
      SELECT
        "t30"."buyer_id",
        "t30"."currency",
        'change_' || "t30"."factor" AS "code",
        "t30"."factor",
        "t30"."value" AS "from_value",
        CASE
          WHEN "t30"."lower_is_better"
          THEN "t30"."nearest_low"
          ELSE "t30"."nearest_high"
        END AS "to_value",
        "t30"."gap" AS "gain_points",
        "t30"."reaches_grade",
        ABS(
          CASE
            WHEN "t30"."lower_is_better"
            THEN "t30"."nearest_low"
            ELSE "t30"."nearest_high"
          END - "t30"."value"
        ) / "t15"."span" AS "effort"
      FROM (
        SELECT
          "t28"."buyer_id",
          "t28"."currency",
          "t28"."factor",
          MAX("t28"."to_value") AS "nearest_low",
          MIN("t28"."to_value") AS "nearest_high",
          MAX("t28"."value") AS "value",
          MAX("t28"."gap") AS "gap",
          MAX("t28"."reaches_grade") AS "reaches_grade",
          BOOL_OR(CAST("t28"."lower_is_better" AS BOOLEAN)) AS "lower_is_better"
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
            "t23"."needed",
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
              "t21"."needed",
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
                "t17"."points" + "t17"."gap" AS "needed",
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
                    "t2"."buyer_id" AS "aim_buyer",
                    "t2"."currency" AS "aim_currency",
                    "t2"."next_score" - "t2"."health_score" AS "gap",
                    "t2"."grade" - 1 AS "reaches_grade"
                  FROM "scores" AS "t2"
                  WHERE
                    (
                      "t2"."next_score" - "t2"."health_score"
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
              AND "t21"."wanted" >= LEAST("t11"."y0", "t11"."y1")
          ) AS "t23"
        ) AS "t28"
        GROUP BY
          1,
          2,
          3
      ) AS "t30"
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
        ON "t30"."factor" = "t15"."span_factor"
    ) AS "t31"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t26"."buyer_id",
        "t26"."currency",
        'settle_overdue_now' AS "code",
        'overdue_ratio' AS "factor",
        "t26"."overdue" AS "from_value",
        0.0 AS "to_value",
        CAST("t26"."gain" AS DECIMAL(5, 1)) AS "gain_points",
        "t26"."grade" AS "reaches_grade",
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
              "t9"."now_buyer",
              "t9"."now_currency",
              "t9"."score",
              "t9"."was"
            FROM (
              SELECT
                *
              FROM (
                SELECT
                  "t10"."buyer_id",
                  "t10"."currency",
                  SUM("t10"."max_points" - "t10"."points") AS "gain",
                  MAX("t10"."value") FILTER(WHERE
                    "t10"."factor" = 'overdue_ratio') AS "overdue"
                FROM (
                  SELECT
                    *
                  FROM "factor_points" AS "t3"
                  WHERE
                    "t3"."factor" IN ('overdue_ratio', 'long_overdue_ratio')
                ) AS "t10"
                GROUP BY
                  1,
                  2
              ) AS "t16"
              WHERE
                "t16"."gain" > 0
            ) AS "t19"
            INNER JOIN (
              SELECT
                "t2"."buyer_id" AS "now_buyer",
                "t2"."currency" AS "now_currency",
                "t2"."health_score" AS "score",
                "t2"."grade" AS "was"
              FROM "scores" AS "t2"
            ) AS "t9"
              ON "t19"."buyer_id" = "t9"."now_buyer" AND "t19"."currency" = "t9"."now_currency"
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
  ) AS "t32"
  GROUP BY
    1,
    2
) AS "t33"
