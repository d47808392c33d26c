SELECT
  "t12"."buyer_id",
  "t12"."currency",
  CASE
    WHEN LEAST(
      COALESCE(
        CASE
          WHEN "t12"."floor_not" IS NULL
          THEN CAST(0 AS DECIMAL(38, 4))
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t12"."hold_not" IS NULL
          THEN CAST(0 AS DECIMAL(38, 4))
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t12"."experience_not" IS NULL
          THEN "t12"."experience"
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t12"."need_not" IS NULL
          THEN "t12"."need"
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t12"."graded_not" IS NULL
          THEN "t12"."graded"
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t12"."starter_not" IS NULL
          THEN "t12"."starter"
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      )
    ) = CAST('99999999999999999999' AS DECIMAL(38, 4))
    THEN CAST(NULL AS DECIMAL(38, 4))
    ELSE CAST(CAST(ROUND(
      CAST(FLOOR(
        (
          CAST(LEAST(
            COALESCE(
              CASE
                WHEN "t12"."floor_not" IS NULL
                THEN CAST(0 AS DECIMAL(38, 4))
                ELSE CAST(NULL AS DECIMAL(38, 4))
              END,
              CAST('99999999999999999999' AS DECIMAL(38, 4))
            ),
            COALESCE(
              CASE
                WHEN "t12"."hold_not" IS NULL
                THEN CAST(0 AS DECIMAL(38, 4))
                ELSE CAST(NULL AS DECIMAL(38, 4))
              END,
              CAST('99999999999999999999' AS DECIMAL(38, 4))
            ),
            COALESCE(
              CASE
                WHEN "t12"."experience_not" IS NULL
                THEN "t12"."experience"
                ELSE CAST(NULL AS DECIMAL(38, 4))
              END,
              CAST('99999999999999999999' AS DECIMAL(38, 4))
            ),
            COALESCE(
              CASE
                WHEN "t12"."need_not" IS NULL
                THEN "t12"."need"
                ELSE CAST(NULL AS DECIMAL(38, 4))
              END,
              CAST('99999999999999999999' AS DECIMAL(38, 4))
            ),
            COALESCE(
              CASE
                WHEN "t12"."graded_not" IS NULL
                THEN "t12"."graded"
                ELSE CAST(NULL AS DECIMAL(38, 4))
              END,
              CAST('99999999999999999999' AS DECIMAL(38, 4))
            ),
            COALESCE(
              CASE
                WHEN "t12"."starter_not" IS NULL
                THEN "t12"."starter"
                ELSE CAST(NULL AS DECIMAL(38, 4))
              END,
              CAST('99999999999999999999' AS DECIMAL(38, 4))
            )
          ) AS DOUBLE) / (
            POWER(
              10.0,
              (
                CAST(FLOOR(
                  LOG(
                    GREATEST(
                      CAST(LEAST(
                        COALESCE(
                          CASE
                            WHEN "t12"."floor_not" IS NULL
                            THEN CAST(0 AS DECIMAL(38, 4))
                            ELSE CAST(NULL AS DECIMAL(38, 4))
                          END,
                          CAST('99999999999999999999' AS DECIMAL(38, 4))
                        ),
                        COALESCE(
                          CASE
                            WHEN "t12"."hold_not" IS NULL
                            THEN CAST(0 AS DECIMAL(38, 4))
                            ELSE CAST(NULL AS DECIMAL(38, 4))
                          END,
                          CAST('99999999999999999999' AS DECIMAL(38, 4))
                        ),
                        COALESCE(
                          CASE
                            WHEN "t12"."experience_not" IS NULL
                            THEN "t12"."experience"
                            ELSE CAST(NULL AS DECIMAL(38, 4))
                          END,
                          CAST('99999999999999999999' AS DECIMAL(38, 4))
                        ),
                        COALESCE(
                          CASE
                            WHEN "t12"."need_not" IS NULL
                            THEN "t12"."need"
                            ELSE CAST(NULL AS DECIMAL(38, 4))
                          END,
                          CAST('99999999999999999999' AS DECIMAL(38, 4))
                        ),
                        COALESCE(
                          CASE
                            WHEN "t12"."graded_not" IS NULL
                            THEN "t12"."graded"
                            ELSE CAST(NULL AS DECIMAL(38, 4))
                          END,
                          CAST('99999999999999999999' AS DECIMAL(38, 4))
                        ),
                        COALESCE(
                          CASE
                            WHEN "t12"."starter_not" IS NULL
                            THEN "t12"."starter"
                            ELSE CAST(NULL AS DECIMAL(38, 4))
                          END,
                          CAST('99999999999999999999' AS DECIMAL(38, 4))
                        )
                      ) AS DOUBLE),
                      0.0001
                    )
                  )
                ) AS BIGINT) - 1
              )
            )
          )
        ) + 1e-09
      ) AS BIGINT) * (
        POWER(
          10.0,
          (
            CAST(FLOOR(
              LOG(
                GREATEST(
                  CAST(LEAST(
                    COALESCE(
                      CASE
                        WHEN "t12"."floor_not" IS NULL
                        THEN CAST(0 AS DECIMAL(38, 4))
                        ELSE CAST(NULL AS DECIMAL(38, 4))
                      END,
                      CAST('99999999999999999999' AS DECIMAL(38, 4))
                    ),
                    COALESCE(
                      CASE
                        WHEN "t12"."hold_not" IS NULL
                        THEN CAST(0 AS DECIMAL(38, 4))
                        ELSE CAST(NULL AS DECIMAL(38, 4))
                      END,
                      CAST('99999999999999999999' AS DECIMAL(38, 4))
                    ),
                    COALESCE(
                      CASE
                        WHEN "t12"."experience_not" IS NULL
                        THEN "t12"."experience"
                        ELSE CAST(NULL AS DECIMAL(38, 4))
                      END,
                      CAST('99999999999999999999' AS DECIMAL(38, 4))
                    ),
                    COALESCE(
                      CASE
                        WHEN "t12"."need_not" IS NULL
                        THEN "t12"."need"
                        ELSE CAST(NULL AS DECIMAL(38, 4))
                      END,
                      CAST('99999999999999999999' AS DECIMAL(38, 4))
                    ),
                    COALESCE(
                      CASE
                        WHEN "t12"."graded_not" IS NULL
                        THEN "t12"."graded"
                        ELSE CAST(NULL AS DECIMAL(38, 4))
                      END,
                      CAST('99999999999999999999' AS DECIMAL(38, 4))
                    ),
                    COALESCE(
                      CASE
                        WHEN "t12"."starter_not" IS NULL
                        THEN "t12"."starter"
                        ELSE CAST(NULL AS DECIMAL(38, 4))
                      END,
                      CAST('99999999999999999999' AS DECIMAL(38, 4))
                    )
                  ) AS DOUBLE),
                  0.0001
                )
              )
            ) AS BIGINT) - 1
          )
        )
      ),
      4
    ) AS DOUBLE) AS DECIMAL(38, 4))
  END AS "limit_recommended",
  CASE
    WHEN LEAST(
      COALESCE(
        CASE
          WHEN "t12"."floor_not" IS NULL
          THEN CAST(0 AS DECIMAL(38, 4))
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t12"."hold_not" IS NULL
          THEN CAST(0 AS DECIMAL(38, 4))
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t12"."experience_not" IS NULL
          THEN "t12"."experience"
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t12"."need_not" IS NULL
          THEN "t12"."need"
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t12"."graded_not" IS NULL
          THEN "t12"."graded"
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t12"."starter_not" IS NULL
          THEN "t12"."starter"
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      )
    ) = CAST('99999999999999999999' AS DECIMAL(38, 4))
    THEN CAST(NULL AS TEXT)
    ELSE CASE
      WHEN CASE
        WHEN "t12"."floor_not" IS NULL
        THEN CAST(0 AS DECIMAL(38, 4))
        ELSE CAST(NULL AS DECIMAL(38, 4))
      END = LEAST(
        COALESCE(
          CASE
            WHEN "t12"."floor_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."hold_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."experience_not" IS NULL
            THEN "t12"."experience"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."need_not" IS NULL
            THEN "t12"."need"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."graded_not" IS NULL
            THEN "t12"."graded"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."starter_not" IS NULL
            THEN "t12"."starter"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        )
      )
      THEN 'score_floor'
      WHEN CASE
        WHEN "t12"."hold_not" IS NULL
        THEN CAST(0 AS DECIMAL(38, 4))
        ELSE CAST(NULL AS DECIMAL(38, 4))
      END = LEAST(
        COALESCE(
          CASE
            WHEN "t12"."floor_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."hold_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."experience_not" IS NULL
            THEN "t12"."experience"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."need_not" IS NULL
            THEN "t12"."need"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."graded_not" IS NULL
            THEN "t12"."graded"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."starter_not" IS NULL
            THEN "t12"."starter"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        )
      )
      THEN 'overdue_hold'
      WHEN CASE
        WHEN "t12"."experience_not" IS NULL
        THEN "t12"."experience"
        ELSE CAST(NULL AS DECIMAL(38, 4))
      END = LEAST(
        COALESCE(
          CASE
            WHEN "t12"."floor_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."hold_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."experience_not" IS NULL
            THEN "t12"."experience"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."need_not" IS NULL
            THEN "t12"."need"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."graded_not" IS NULL
            THEN "t12"."graded"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."starter_not" IS NULL
            THEN "t12"."starter"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        )
      )
      THEN 'payment_experience'
      WHEN CASE
        WHEN "t12"."need_not" IS NULL
        THEN "t12"."need"
        ELSE CAST(NULL AS DECIMAL(38, 4))
      END = LEAST(
        COALESCE(
          CASE
            WHEN "t12"."floor_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."hold_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."experience_not" IS NULL
            THEN "t12"."experience"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."need_not" IS NULL
            THEN "t12"."need"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."graded_not" IS NULL
            THEN "t12"."graded"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."starter_not" IS NULL
            THEN "t12"."starter"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        )
      )
      THEN 'need'
      WHEN CASE
        WHEN "t12"."graded_not" IS NULL
        THEN "t12"."graded"
        ELSE CAST(NULL AS DECIMAL(38, 4))
      END = LEAST(
        COALESCE(
          CASE
            WHEN "t12"."floor_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."hold_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."experience_not" IS NULL
            THEN "t12"."experience"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."need_not" IS NULL
            THEN "t12"."need"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."graded_not" IS NULL
            THEN "t12"."graded"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."starter_not" IS NULL
            THEN "t12"."starter"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        )
      )
      THEN 'grade_multiplier'
      WHEN CASE
        WHEN "t12"."starter_not" IS NULL
        THEN "t12"."starter"
        ELSE CAST(NULL AS DECIMAL(38, 4))
      END = LEAST(
        COALESCE(
          CASE
            WHEN "t12"."floor_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."hold_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."experience_not" IS NULL
            THEN "t12"."experience"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."need_not" IS NULL
            THEN "t12"."need"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."graded_not" IS NULL
            THEN "t12"."graded"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t12"."starter_not" IS NULL
            THEN "t12"."starter"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        )
      )
      THEN 'starter_cap'
      ELSE CAST(NULL AS TEXT)
    END
  END AS "limit_binding",
  CAST([
    {'code': 'tangible_net_worth', 'available': (
      'no_statements' IS NULL
    ) AND (
      CAST(NULL AS DECIMAL(38, 4)) IS NOT NULL
    ), 'amount': CASE
      WHEN (
        'no_statements' IS NULL
      ) AND (
        CAST(NULL AS DECIMAL(38, 4)) IS NOT NULL
      )
      THEN CAST(NULL AS DECIMAL(38, 4))
      ELSE CAST(NULL AS DECIMAL(38, 4))
    END, 'reason': CASE
      WHEN (
        'no_statements' IS NULL
      ) AND (
        CAST(NULL AS DECIMAL(38, 4)) IS NOT NULL
      )
      THEN CAST(NULL AS TEXT)
      ELSE COALESCE('no_statements', 'no_data')
    END, 'params': '{}'},
    {'code': 'working_capital', 'available': (
      'no_statements' IS NULL
    ) AND (
      CAST(NULL AS DECIMAL(38, 4)) IS NOT NULL
    ), 'amount': CASE
      WHEN (
        'no_statements' IS NULL
      ) AND (
        CAST(NULL AS DECIMAL(38, 4)) IS NOT NULL
      )
      THEN CAST(NULL AS DECIMAL(38, 4))
      ELSE CAST(NULL AS DECIMAL(38, 4))
    END, 'reason': CASE
      WHEN (
        'no_statements' IS NULL
      ) AND (
        CAST(NULL AS DECIMAL(38, 4)) IS NOT NULL
      )
      THEN CAST(NULL AS TEXT)
      ELSE COALESCE('no_statements', 'no_data')
    END, 'params': '{}'},
    {'code': 'loss_appetite', 'available': (
      'no_default_probability' IS NULL
    )
    AND (
      CAST(NULL AS DECIMAL(38, 4)) IS NOT NULL
    ), 'amount': CASE
      WHEN (
        'no_default_probability' IS NULL
      )
      AND (
        CAST(NULL AS DECIMAL(38, 4)) IS NOT NULL
      )
      THEN CAST(NULL AS DECIMAL(38, 4))
      ELSE CAST(NULL AS DECIMAL(38, 4))
    END, 'reason': CASE
      WHEN (
        'no_default_probability' IS NULL
      )
      AND (
        CAST(NULL AS DECIMAL(38, 4)) IS NOT NULL
      )
      THEN CAST(NULL AS TEXT)
      ELSE COALESCE('no_default_probability', 'no_data')
    END, 'params': '{}'},
    {'code': 'insured_limit', 'available': (
      'no_policy' IS NULL
    ) AND (
      CAST(NULL AS DECIMAL(38, 4)) IS NOT NULL
    ), 'amount': CASE
      WHEN (
        'no_policy' IS NULL
      ) AND (
        CAST(NULL AS DECIMAL(38, 4)) IS NOT NULL
      )
      THEN CAST(NULL AS DECIMAL(38, 4))
      ELSE CAST(NULL AS DECIMAL(38, 4))
    END, 'reason': CASE
      WHEN (
        'no_policy' IS NULL
      ) AND (
        CAST(NULL AS DECIMAL(38, 4)) IS NOT NULL
      )
      THEN CAST(NULL AS TEXT)
      ELSE COALESCE('no_policy', 'no_data')
    END, 'params': '{}'},
    {'code': 'score_floor', 'available': (
      "t12"."floor_not" IS NULL
    ) AND (
      CAST(0 AS DECIMAL(38, 4)) IS NOT NULL
    ), 'amount': CASE
      WHEN (
        "t12"."floor_not" IS NULL
      ) AND (
        CAST(0 AS DECIMAL(38, 4)) IS NOT NULL
      )
      THEN CAST(0 AS DECIMAL(38, 4))
      ELSE CAST(NULL AS DECIMAL(38, 4))
    END, 'reason': CASE
      WHEN (
        "t12"."floor_not" IS NULL
      ) AND (
        CAST(0 AS DECIMAL(38, 4)) IS NOT NULL
      )
      THEN CAST(NULL AS TEXT)
      ELSE COALESCE("t12"."floor_not", 'no_data')
    END, 'params': '{' || '"floor": ' || COALESCE(CAST("t12"."score_floor" AS TEXT), 'null') || ', "score": ' || COALESCE(CAST("t12"."health_score" AS TEXT), 'null') || '}'},
    {'code': 'overdue_hold', 'available': (
      "t12"."hold_not" IS NULL
    ) AND (
      CAST(0 AS DECIMAL(38, 4)) IS NOT NULL
    ), 'amount': CASE
      WHEN (
        "t12"."hold_not" IS NULL
      ) AND (
        CAST(0 AS DECIMAL(38, 4)) IS NOT NULL
      )
      THEN CAST(0 AS DECIMAL(38, 4))
      ELSE CAST(NULL AS DECIMAL(38, 4))
    END, 'reason': CASE
      WHEN (
        "t12"."hold_not" IS NULL
      ) AND (
        CAST(0 AS DECIMAL(38, 4)) IS NOT NULL
      )
      THEN CAST(NULL AS TEXT)
      ELSE COALESCE("t12"."hold_not", 'no_data')
    END, 'params': '{' || '"days": ' || COALESCE(CAST("t12"."max_days_overdue" AS TEXT), 'null') || ', "hold_days": ' || COALESCE(CAST("t12"."hold_days" AS TEXT), 'null') || '}'},
    {'code': 'payment_experience', 'available': (
      "t12"."experience_not" IS NULL
    ) AND (
      "t12"."experience" IS NOT NULL
    ), 'amount': CASE
      WHEN (
        "t12"."experience_not" IS NULL
      ) AND (
        "t12"."experience" IS NOT NULL
      )
      THEN "t12"."experience"
      ELSE CAST(NULL AS DECIMAL(38, 4))
    END, 'reason': CASE
      WHEN (
        "t12"."experience_not" IS NULL
      ) AND (
        "t12"."experience" IS NOT NULL
      )
      THEN CAST(NULL AS TEXT)
      ELSE COALESCE("t12"."experience_not", 'no_data')
    END, 'params': '{' || '"balance": ' || COALESCE(CAST(COALESCE("t12"."largest_paid_in_good_time", 0) AS TEXT), 'null') || ', "step_up": ' || COALESCE(CAST("t12"."step_up" AS TEXT), 'null') || ', "days": ' || COALESCE(CAST("t12"."experience_days" AS TEXT), 'null') || '}'},
    {'code': 'need', 'available': (
      "t12"."need_not" IS NULL
    ) AND (
      "t12"."need" IS NOT NULL
    ), 'amount': CASE
      WHEN (
        "t12"."need_not" IS NULL
      ) AND (
        "t12"."need" IS NOT NULL
      )
      THEN "t12"."need"
      ELSE CAST(NULL AS DECIMAL(38, 4))
    END, 'reason': CASE
      WHEN (
        "t12"."need_not" IS NULL
      ) AND (
        "t12"."need" IS NOT NULL
      )
      THEN CAST(NULL AS TEXT)
      ELSE COALESCE("t12"."need_not", 'no_data')
    END, 'params': '{' || '"monthly_sales": ' || COALESCE(CAST("t12"."monthly_sales" AS TEXT), 'null') || ', "days": ' || COALESCE(CAST("t12"."need_days" AS TEXT), 'null') || '}'},
    {'code': 'grade_multiplier', 'available': (
      "t12"."graded_not" IS NULL
    ) AND (
      "t12"."graded" IS NOT NULL
    ), 'amount': CASE
      WHEN (
        "t12"."graded_not" IS NULL
      ) AND (
        "t12"."graded" IS NOT NULL
      )
      THEN "t12"."graded"
      ELSE CAST(NULL AS DECIMAL(38, 4))
    END, 'reason': CASE
      WHEN (
        "t12"."graded_not" IS NULL
      ) AND (
        "t12"."graded" IS NOT NULL
      )
      THEN CAST(NULL AS TEXT)
      ELSE COALESCE("t12"."graded_not", 'no_data')
    END, 'params': '{' || '"ordinary_balance": ' || COALESCE(CAST(CAST(ROUND("t12"."ordinary_balance", 2) AS DECIMAL(38, 2)) AS TEXT), 'null') || ', "grade": ' || COALESCE(CAST("t12"."grade" AS TEXT), 'null') || ', "multiplier": ' || COALESCE(CAST("t12"."multiplier" AS TEXT), 'null') || '}'},
    {'code': 'starter_cap', 'available': (
      "t12"."starter_not" IS NULL
    ) AND (
      "t12"."starter" IS NOT NULL
    ), 'amount': CASE
      WHEN (
        "t12"."starter_not" IS NULL
      ) AND (
        "t12"."starter" IS NOT NULL
      )
      THEN "t12"."starter"
      ELSE CAST(NULL AS DECIMAL(38, 4))
    END, 'reason': CASE
      WHEN (
        "t12"."starter_not" IS NULL
      ) AND (
        "t12"."starter" IS NOT NULL
      )
      THEN CAST(NULL AS TEXT)
      ELSE COALESCE("t12"."starter_not", 'no_data')
    END, 'params': '{' || '"median_sales": ' || COALESCE(CAST("t12"."median_sales" AS TEXT), 'null') || '}'}
  ] AS STRUCT(
    "code" TEXT,
    "available" BOOLEAN,
    "amount" DECIMAL(38, 4),
    "reason" TEXT,
    "params" TEXT
  )[]) AS "limit_formulas"
FROM (
  SELECT
    "t11"."buyer_id",
    "t11"."currency",
    "t11"."first_issued_on",
    "t11"."last_issued_on",
    "t11"."judged_items",
    "t11"."sales_365",
    "t11"."termed_amount",
    "t11"."termed_days",
    "t11"."year_amount",
    "t11"."year_days",
    "t11"."year_squares",
    "t11"."recent_amount",
    "t11"."recent_days",
    "t11"."middle_amount",
    "t11"."middle_days",
    "t11"."older_amount",
    "t11"."older_days",
    "t11"."lost_amount",
    "t11"."lost_days",
    "t11"."lost_squares",
    "t11"."late_before_recent_amount",
    "t11"."late_before_recent_days",
    "t11"."late_before_middle_amount",
    "t11"."late_before_middle_days",
    "t11"."on_time_amount",
    "t11"."derived_amount",
    "t11"."undated_amount",
    "t11"."open_amount",
    "t11"."open_days",
    "t11"."open_squares",
    "t11"."too_late_amount",
    "t11"."open_before_recent_amount",
    "t11"."open_before_recent_days",
    "t11"."open_before_middle_amount",
    "t11"."open_before_middle_days",
    "t11"."largest_paid_on_time",
    "t11"."largest_paid_in_good_time",
    "t11"."open_total",
    "t11"."not_due",
    "t11"."d1_30",
    "t11"."d31_60",
    "t11"."d61_90",
    "t11"."d91_120",
    "t11"."d121_180",
    "t11"."d181_365",
    "t11"."d_gt_365",
    "t11"."disputed",
    "t11"."under_bills",
    "t11"."credits",
    "t11"."unapplied",
    "t11"."unbilled",
    "t11"."oldest_due_on",
    "t11"."max_days_overdue",
    "t11"."open_items",
    "t11"."r_lt_1y",
    "t11"."r_1_2y",
    "t11"."r_2_3y",
    "t11"."r_gt_3y",
    "t11"."overdue",
    "t11"."net",
    "t11"."as_of",
    "t11"."history_days",
    "t11"."judged_amount",
    "t11"."days_beyond_terms",
    "t11"."on_time_ratio",
    "t11"."volatility_days",
    "t11"."dbt_0_90",
    "t11"."dbt_91_180",
    "t11"."dbt_181_365",
    "t11"."trend_days",
    "t11"."derived_ratio",
    "t11"."overdue_ratio",
    "t11"."long_overdue_ratio",
    "t11"."terms_days",
    "t11"."monthly_sales",
    "t11"."payment_index",
    "t11"."not_rated_reason",
    "t11"."confidence",
    "t11"."health_score",
    "t11"."grade",
    "t11"."next_score",
    "t11"."reasons",
    "t11"."cap",
    "t11"."median_sales",
    "t11"."cap_currency",
    "t11"."band",
    "t11"."multiplier",
    "t11"."step_up",
    "t11"."experience_days",
    "t11"."extension_days",
    "t11"."extension_share",
    "t11"."score_floor",
    "t11"."hold_days",
    "t11"."only_open",
    CAST(CAST(COALESCE("t11"."largest_paid_in_good_time", 0) AS DECIMAL(22, 4)) * "t11"."step_up" AS DECIMAL(38, 4)) AS "experience",
    CASE
      WHEN "t11"."not_rated_reason" IS NOT NULL
      THEN 'not_rated'
      ELSE CAST(NULL AS TEXT)
    END AS "experience_not",
    CAST(ROUND(
      (
        (
          "t11"."terms_days" + CAST(CAST("t11"."extension_days" AS DECIMAL(9, 0)) * "t11"."extension_share" AS DOUBLE)
        ) / 30.0
      ) * 30.0,
      1
    ) AS DOUBLE) AS "need_days",
    CAST(CAST("t11"."monthly_sales" AS DECIMAL(22, 4)) * CAST(CAST(ROUND(
      (
        "t11"."terms_days" + CAST(CAST("t11"."extension_days" AS DECIMAL(9, 0)) * "t11"."extension_share" AS DOUBLE)
      ) / 30.0,
      4
    ) AS DOUBLE) AS DECIMAL(9, 4)) AS DECIMAL(38, 4)) AS "need",
    CASE
      WHEN "t11"."only_open"
      THEN 'sales_incomplete'
      WHEN COALESCE("t11"."sales_365" <= 0, TRUE)
      THEN 'no_sales_in_12_months'
      WHEN "t11"."terms_days" IS NULL
      THEN 'no_terms'
      ELSE CAST(NULL AS TEXT)
    END AS "need_not",
    CAST(CAST("t11"."monthly_sales" AS DECIMAL(22, 4)) * CAST(CAST(ROUND(GREATEST(COALESCE("t11"."terms_days", 30), 30.0) / 30.0, 4) AS DOUBLE) AS DECIMAL(9, 4)) AS DECIMAL(38, 4)) AS "ordinary_balance",
    CAST(CAST(CAST(CAST("t11"."monthly_sales" AS DECIMAL(22, 4)) * CAST(CAST(ROUND(GREATEST(COALESCE("t11"."terms_days", 30), 30.0) / 30.0, 4) AS DOUBLE) AS DECIMAL(9, 4)) AS DECIMAL(38, 4)) AS DECIMAL(22, 4)) * "t11"."multiplier" AS DECIMAL(38, 4)) AS "graded",
    CASE
      WHEN "t11"."not_rated_reason" IS NOT NULL
      THEN 'not_rated'
      WHEN COALESCE("t11"."sales_365" <= 0, TRUE)
      THEN 'no_sales_in_12_months'
      ELSE CAST(NULL AS TEXT)
    END AS "graded_not",
    "t11"."cap" AS "starter",
    CASE
      WHEN NOT (
        "t11"."not_rated_reason" IS NOT NULL
      )
      THEN 'rated_buyer'
      WHEN "t11"."cap" IS NULL
      THEN 'no_rated_buyers'
      ELSE CAST(NULL AS TEXT)
    END AS "starter_not",
    CASE
      WHEN "t11"."not_rated_reason" IS NOT NULL
      THEN 'not_rated'
      WHEN "t11"."health_score" >= "t11"."score_floor"
      THEN 'above_floor'
      ELSE CAST(NULL AS TEXT)
    END AS "floor_not",
    CASE
      WHEN NOT (
        "t11"."not_rated_reason" IS NOT NULL
      )
      THEN 'in_the_score'
      WHEN COALESCE("t11"."max_days_overdue", 0) < "t11"."hold_days"
      THEN 'not_overdue'
      ELSE CAST(NULL AS TEXT)
    END AS "hold_not"
  FROM (
    SELECT
      "t4"."buyer_id",
      "t4"."currency",
      "t4"."first_issued_on",
      "t4"."last_issued_on",
      "t4"."judged_items",
      "t4"."sales_365",
      "t4"."termed_amount",
      "t4"."termed_days",
      "t4"."year_amount",
      "t4"."year_days",
      "t4"."year_squares",
      "t4"."recent_amount",
      "t4"."recent_days",
      "t4"."middle_amount",
      "t4"."middle_days",
      "t4"."older_amount",
      "t4"."older_days",
      "t4"."lost_amount",
      "t4"."lost_days",
      "t4"."lost_squares",
      "t4"."late_before_recent_amount",
      "t4"."late_before_recent_days",
      "t4"."late_before_middle_amount",
      "t4"."late_before_middle_days",
      "t4"."on_time_amount",
      "t4"."derived_amount",
      "t4"."undated_amount",
      "t4"."open_amount",
      "t4"."open_days",
      "t4"."open_squares",
      "t4"."too_late_amount",
      "t4"."open_before_recent_amount",
      "t4"."open_before_recent_days",
      "t4"."open_before_middle_amount",
      "t4"."open_before_middle_days",
      "t4"."largest_paid_on_time",
      "t4"."largest_paid_in_good_time",
      "t4"."open_total",
      "t4"."not_due",
      "t4"."d1_30",
      "t4"."d31_60",
      "t4"."d61_90",
      "t4"."d91_120",
      "t4"."d121_180",
      "t4"."d181_365",
      "t4"."d_gt_365",
      "t4"."disputed",
      "t4"."under_bills",
      "t4"."credits",
      "t4"."unapplied",
      "t4"."unbilled",
      "t4"."oldest_due_on",
      "t4"."max_days_overdue",
      "t4"."open_items",
      "t4"."r_lt_1y",
      "t4"."r_1_2y",
      "t4"."r_2_3y",
      "t4"."r_gt_3y",
      "t4"."overdue",
      "t4"."net",
      "t4"."as_of",
      "t4"."history_days",
      "t4"."judged_amount",
      "t4"."days_beyond_terms",
      "t4"."on_time_ratio",
      "t4"."volatility_days",
      "t4"."dbt_0_90",
      "t4"."dbt_91_180",
      "t4"."dbt_181_365",
      "t4"."trend_days",
      "t4"."derived_ratio",
      "t4"."overdue_ratio",
      "t4"."long_overdue_ratio",
      "t4"."terms_days",
      "t4"."monthly_sales",
      "t4"."payment_index",
      "t4"."not_rated_reason",
      "t4"."confidence",
      "t4"."health_score",
      "t4"."grade",
      "t4"."next_score",
      "t4"."reasons",
      "t8"."cap",
      "t8"."median_sales",
      "t8"."cap_currency",
      "t9"."band",
      "t9"."multiplier",
      "t10"."step_up",
      "t10"."experience_days",
      "t10"."extension_days",
      "t10"."extension_share",
      "t10"."score_floor",
      "t10"."hold_days",
      "t10"."only_open"
    FROM "graded" AS "t4"
    LEFT OUTER JOIN (
      SELECT
        "t1"."cap",
        "t1"."median_sales",
        "t1"."currency" AS "cap_currency"
      FROM "starter_caps" AS "t1"
    ) AS "t8"
      ON "t4"."currency" = "t8"."cap_currency"
    LEFT OUTER JOIN (
      SELECT
        "t2"."grade" AS "band",
        "t2"."multiplier"
      FROM "grades" AS "t2"
    ) AS "t9"
      ON "t4"."grade" = "t9"."band"
    CROSS JOIN (
      SELECT
        "t3"."step_up",
        "t3"."experience_days",
        "t3"."extension_days",
        "t3"."extension_share",
        "t3"."score_floor",
        "t3"."hold_days",
        "t3"."only_open"
      FROM "settings" AS "t3"
    ) AS "t10"
  ) AS "t11"
) AS "t12"
