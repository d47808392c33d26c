SELECT
  "t17"."buyer_id",
  "t17"."currency",
  CASE
    WHEN LEAST(
      COALESCE(
        CASE
          WHEN "t17"."floor_not" IS NULL
          THEN CAST(0 AS DECIMAL(38, 4))
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t17"."hold_not" IS NULL
          THEN CAST(0 AS DECIMAL(38, 4))
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t17"."experience_not" IS NULL
          THEN "t17"."experience"
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t17"."need_not" IS NULL
          THEN "t17"."need"
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t17"."graded_not" IS NULL
          THEN CASE WHEN "t17"."is_lowered" THEN "t17"."lowered" ELSE "t17"."graded" END
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t17"."starter_not" IS NULL
          THEN "t17"."starter"
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
                WHEN "t17"."floor_not" IS NULL
                THEN CAST(0 AS DECIMAL(38, 4))
                ELSE CAST(NULL AS DECIMAL(38, 4))
              END,
              CAST('99999999999999999999' AS DECIMAL(38, 4))
            ),
            COALESCE(
              CASE
                WHEN "t17"."hold_not" IS NULL
                THEN CAST(0 AS DECIMAL(38, 4))
                ELSE CAST(NULL AS DECIMAL(38, 4))
              END,
              CAST('99999999999999999999' AS DECIMAL(38, 4))
            ),
            COALESCE(
              CASE
                WHEN "t17"."experience_not" IS NULL
                THEN "t17"."experience"
                ELSE CAST(NULL AS DECIMAL(38, 4))
              END,
              CAST('99999999999999999999' AS DECIMAL(38, 4))
            ),
            COALESCE(
              CASE
                WHEN "t17"."need_not" IS NULL
                THEN "t17"."need"
                ELSE CAST(NULL AS DECIMAL(38, 4))
              END,
              CAST('99999999999999999999' AS DECIMAL(38, 4))
            ),
            COALESCE(
              CASE
                WHEN "t17"."graded_not" IS NULL
                THEN CASE WHEN "t17"."is_lowered" THEN "t17"."lowered" ELSE "t17"."graded" END
                ELSE CAST(NULL AS DECIMAL(38, 4))
              END,
              CAST('99999999999999999999' AS DECIMAL(38, 4))
            ),
            COALESCE(
              CASE
                WHEN "t17"."starter_not" IS NULL
                THEN "t17"."starter"
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
                            WHEN "t17"."floor_not" IS NULL
                            THEN CAST(0 AS DECIMAL(38, 4))
                            ELSE CAST(NULL AS DECIMAL(38, 4))
                          END,
                          CAST('99999999999999999999' AS DECIMAL(38, 4))
                        ),
                        COALESCE(
                          CASE
                            WHEN "t17"."hold_not" IS NULL
                            THEN CAST(0 AS DECIMAL(38, 4))
                            ELSE CAST(NULL AS DECIMAL(38, 4))
                          END,
                          CAST('99999999999999999999' AS DECIMAL(38, 4))
                        ),
                        COALESCE(
                          CASE
                            WHEN "t17"."experience_not" IS NULL
                            THEN "t17"."experience"
                            ELSE CAST(NULL AS DECIMAL(38, 4))
                          END,
                          CAST('99999999999999999999' AS DECIMAL(38, 4))
                        ),
                        COALESCE(
                          CASE
                            WHEN "t17"."need_not" IS NULL
                            THEN "t17"."need"
                            ELSE CAST(NULL AS DECIMAL(38, 4))
                          END,
                          CAST('99999999999999999999' AS DECIMAL(38, 4))
                        ),
                        COALESCE(
                          CASE
                            WHEN "t17"."graded_not" IS NULL
                            THEN CASE WHEN "t17"."is_lowered" THEN "t17"."lowered" ELSE "t17"."graded" END
                            ELSE CAST(NULL AS DECIMAL(38, 4))
                          END,
                          CAST('99999999999999999999' AS DECIMAL(38, 4))
                        ),
                        COALESCE(
                          CASE
                            WHEN "t17"."starter_not" IS NULL
                            THEN "t17"."starter"
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
                        WHEN "t17"."floor_not" IS NULL
                        THEN CAST(0 AS DECIMAL(38, 4))
                        ELSE CAST(NULL AS DECIMAL(38, 4))
                      END,
                      CAST('99999999999999999999' AS DECIMAL(38, 4))
                    ),
                    COALESCE(
                      CASE
                        WHEN "t17"."hold_not" IS NULL
                        THEN CAST(0 AS DECIMAL(38, 4))
                        ELSE CAST(NULL AS DECIMAL(38, 4))
                      END,
                      CAST('99999999999999999999' AS DECIMAL(38, 4))
                    ),
                    COALESCE(
                      CASE
                        WHEN "t17"."experience_not" IS NULL
                        THEN "t17"."experience"
                        ELSE CAST(NULL AS DECIMAL(38, 4))
                      END,
                      CAST('99999999999999999999' AS DECIMAL(38, 4))
                    ),
                    COALESCE(
                      CASE
                        WHEN "t17"."need_not" IS NULL
                        THEN "t17"."need"
                        ELSE CAST(NULL AS DECIMAL(38, 4))
                      END,
                      CAST('99999999999999999999' AS DECIMAL(38, 4))
                    ),
                    COALESCE(
                      CASE
                        WHEN "t17"."graded_not" IS NULL
                        THEN CASE WHEN "t17"."is_lowered" THEN "t17"."lowered" ELSE "t17"."graded" END
                        ELSE CAST(NULL AS DECIMAL(38, 4))
                      END,
                      CAST('99999999999999999999' AS DECIMAL(38, 4))
                    ),
                    COALESCE(
                      CASE
                        WHEN "t17"."starter_not" IS NULL
                        THEN "t17"."starter"
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
          WHEN "t17"."floor_not" IS NULL
          THEN CAST(0 AS DECIMAL(38, 4))
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t17"."hold_not" IS NULL
          THEN CAST(0 AS DECIMAL(38, 4))
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t17"."experience_not" IS NULL
          THEN "t17"."experience"
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t17"."need_not" IS NULL
          THEN "t17"."need"
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t17"."graded_not" IS NULL
          THEN CASE WHEN "t17"."is_lowered" THEN "t17"."lowered" ELSE "t17"."graded" END
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      ),
      COALESCE(
        CASE
          WHEN "t17"."starter_not" IS NULL
          THEN "t17"."starter"
          ELSE CAST(NULL AS DECIMAL(38, 4))
        END,
        CAST('99999999999999999999' AS DECIMAL(38, 4))
      )
    ) = CAST('99999999999999999999' AS DECIMAL(38, 4))
    THEN CAST(NULL AS TEXT)
    ELSE CASE
      WHEN CASE
        WHEN "t17"."floor_not" IS NULL
        THEN CAST(0 AS DECIMAL(38, 4))
        ELSE CAST(NULL AS DECIMAL(38, 4))
      END = LEAST(
        COALESCE(
          CASE
            WHEN "t17"."floor_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."hold_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."experience_not" IS NULL
            THEN "t17"."experience"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."need_not" IS NULL
            THEN "t17"."need"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."graded_not" IS NULL
            THEN CASE WHEN "t17"."is_lowered" THEN "t17"."lowered" ELSE "t17"."graded" END
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."starter_not" IS NULL
            THEN "t17"."starter"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        )
      )
      THEN 'score_floor'
      WHEN CASE
        WHEN "t17"."hold_not" IS NULL
        THEN CAST(0 AS DECIMAL(38, 4))
        ELSE CAST(NULL AS DECIMAL(38, 4))
      END = LEAST(
        COALESCE(
          CASE
            WHEN "t17"."floor_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."hold_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."experience_not" IS NULL
            THEN "t17"."experience"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."need_not" IS NULL
            THEN "t17"."need"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."graded_not" IS NULL
            THEN CASE WHEN "t17"."is_lowered" THEN "t17"."lowered" ELSE "t17"."graded" END
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."starter_not" IS NULL
            THEN "t17"."starter"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        )
      )
      THEN 'overdue_hold'
      WHEN CASE
        WHEN "t17"."experience_not" IS NULL
        THEN "t17"."experience"
        ELSE CAST(NULL AS DECIMAL(38, 4))
      END = LEAST(
        COALESCE(
          CASE
            WHEN "t17"."floor_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."hold_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."experience_not" IS NULL
            THEN "t17"."experience"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."need_not" IS NULL
            THEN "t17"."need"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."graded_not" IS NULL
            THEN CASE WHEN "t17"."is_lowered" THEN "t17"."lowered" ELSE "t17"."graded" END
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."starter_not" IS NULL
            THEN "t17"."starter"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        )
      )
      THEN 'payment_experience'
      WHEN CASE
        WHEN "t17"."need_not" IS NULL
        THEN "t17"."need"
        ELSE CAST(NULL AS DECIMAL(38, 4))
      END = LEAST(
        COALESCE(
          CASE
            WHEN "t17"."floor_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."hold_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."experience_not" IS NULL
            THEN "t17"."experience"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."need_not" IS NULL
            THEN "t17"."need"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."graded_not" IS NULL
            THEN CASE WHEN "t17"."is_lowered" THEN "t17"."lowered" ELSE "t17"."graded" END
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."starter_not" IS NULL
            THEN "t17"."starter"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        )
      )
      THEN 'need'
      WHEN CASE
        WHEN "t17"."graded_not" IS NULL
        THEN CASE WHEN "t17"."is_lowered" THEN "t17"."lowered" ELSE "t17"."graded" END
        ELSE CAST(NULL AS DECIMAL(38, 4))
      END = LEAST(
        COALESCE(
          CASE
            WHEN "t17"."floor_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."hold_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."experience_not" IS NULL
            THEN "t17"."experience"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."need_not" IS NULL
            THEN "t17"."need"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."graded_not" IS NULL
            THEN CASE WHEN "t17"."is_lowered" THEN "t17"."lowered" ELSE "t17"."graded" END
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."starter_not" IS NULL
            THEN "t17"."starter"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        )
      )
      THEN CASE WHEN "t17"."is_lowered" THEN 'company_grade' ELSE 'grade_multiplier' END
      WHEN CASE
        WHEN "t17"."starter_not" IS NULL
        THEN "t17"."starter"
        ELSE CAST(NULL AS DECIMAL(38, 4))
      END = LEAST(
        COALESCE(
          CASE
            WHEN "t17"."floor_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."hold_not" IS NULL
            THEN CAST(0 AS DECIMAL(38, 4))
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."experience_not" IS NULL
            THEN "t17"."experience"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."need_not" IS NULL
            THEN "t17"."need"
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."graded_not" IS NULL
            THEN CASE WHEN "t17"."is_lowered" THEN "t17"."lowered" ELSE "t17"."graded" END
            ELSE CAST(NULL AS DECIMAL(38, 4))
          END,
          CAST('99999999999999999999' AS DECIMAL(38, 4))
        ),
        COALESCE(
          CASE
            WHEN "t17"."starter_not" IS NULL
            THEN "t17"."starter"
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
      "t17"."floor_not" IS NULL
    ) AND (
      CAST(0 AS DECIMAL(38, 4)) IS NOT NULL
    ), 'amount': CASE
      WHEN (
        "t17"."floor_not" IS NULL
      ) AND (
        CAST(0 AS DECIMAL(38, 4)) IS NOT NULL
      )
      THEN CAST(0 AS DECIMAL(38, 4))
      ELSE CAST(NULL AS DECIMAL(38, 4))
    END, 'reason': CASE
      WHEN (
        "t17"."floor_not" IS NULL
      ) AND (
        CAST(0 AS DECIMAL(38, 4)) IS NOT NULL
      )
      THEN CAST(NULL AS TEXT)
      ELSE COALESCE("t17"."floor_not", 'no_data')
    END, 'params': '{' || '"floor": ' || COALESCE(CAST("t17"."score_floor" AS TEXT), 'null') || ', "score": ' || COALESCE(CAST("t17"."health_score" AS TEXT), 'null') || '}'},
    {'code': 'overdue_hold', 'available': (
      "t17"."hold_not" IS NULL
    ) AND (
      CAST(0 AS DECIMAL(38, 4)) IS NOT NULL
    ), 'amount': CASE
      WHEN (
        "t17"."hold_not" IS NULL
      ) AND (
        CAST(0 AS DECIMAL(38, 4)) IS NOT NULL
      )
      THEN CAST(0 AS DECIMAL(38, 4))
      ELSE CAST(NULL AS DECIMAL(38, 4))
    END, 'reason': CASE
      WHEN (
        "t17"."hold_not" IS NULL
      ) AND (
        CAST(0 AS DECIMAL(38, 4)) IS NOT NULL
      )
      THEN CAST(NULL AS TEXT)
      ELSE COALESCE("t17"."hold_not", 'no_data')
    END, 'params': '{' || '"days": ' || COALESCE(CAST("t17"."max_days_overdue" AS TEXT), 'null') || ', "hold_days": ' || COALESCE(CAST("t17"."hold_days" AS TEXT), 'null') || '}'},
    {'code': 'payment_experience', 'available': (
      "t17"."experience_not" IS NULL
    ) AND (
      "t17"."experience" IS NOT NULL
    ), 'amount': CASE
      WHEN (
        "t17"."experience_not" IS NULL
      ) AND (
        "t17"."experience" IS NOT NULL
      )
      THEN "t17"."experience"
      ELSE CAST(NULL AS DECIMAL(38, 4))
    END, 'reason': CASE
      WHEN (
        "t17"."experience_not" IS NULL
      ) AND (
        "t17"."experience" IS NOT NULL
      )
      THEN CAST(NULL AS TEXT)
      ELSE COALESCE("t17"."experience_not", 'no_data')
    END, 'params': '{' || '"balance": ' || COALESCE(CAST(COALESCE("t17"."largest_paid_in_good_time", 0) AS TEXT), 'null') || ', "step_up": ' || COALESCE(CAST("t17"."step_up" AS TEXT), 'null') || ', "days": ' || COALESCE(CAST("t17"."experience_days" AS TEXT), 'null') || '}'},
    {'code': 'need', 'available': (
      "t17"."need_not" IS NULL
    ) AND (
      "t17"."need" IS NOT NULL
    ), 'amount': CASE
      WHEN (
        "t17"."need_not" IS NULL
      ) AND (
        "t17"."need" IS NOT NULL
      )
      THEN "t17"."need"
      ELSE CAST(NULL AS DECIMAL(38, 4))
    END, 'reason': CASE
      WHEN (
        "t17"."need_not" IS NULL
      ) AND (
        "t17"."need" IS NOT NULL
      )
      THEN CAST(NULL AS TEXT)
      ELSE COALESCE("t17"."need_not", 'no_data')
    END, 'params': '{' || '"monthly_sales": ' || COALESCE(CAST("t17"."monthly_sales" AS TEXT), 'null') || ', "days": ' || COALESCE(CAST("t17"."need_days" AS TEXT), 'null') || '}'},
    {'code': CASE WHEN "t17"."is_lowered" THEN 'company_grade' ELSE 'grade_multiplier' END, 'available': (
      "t17"."graded_not" IS NULL
    )
    AND (
      CASE WHEN "t17"."is_lowered" THEN "t17"."lowered" ELSE "t17"."graded" END IS NOT NULL
    ), 'amount': CASE
      WHEN (
        "t17"."graded_not" IS NULL
      )
      AND (
        CASE WHEN "t17"."is_lowered" THEN "t17"."lowered" ELSE "t17"."graded" END IS NOT NULL
      )
      THEN CASE WHEN "t17"."is_lowered" THEN "t17"."lowered" ELSE "t17"."graded" END
      ELSE CAST(NULL AS DECIMAL(38, 4))
    END, 'reason': CASE
      WHEN (
        "t17"."graded_not" IS NULL
      )
      AND (
        CASE WHEN "t17"."is_lowered" THEN "t17"."lowered" ELSE "t17"."graded" END IS NOT NULL
      )
      THEN CAST(NULL AS TEXT)
      ELSE COALESCE("t17"."graded_not", 'no_data')
    END, 'params': CASE
      WHEN "t17"."is_lowered"
      THEN '{' || '"ordinary_balance": ' || COALESCE(CAST(CAST(ROUND("t17"."ordinary_balance", 2) AS DECIMAL(38, 2)) AS TEXT), 'null') || ', "grade": ' || COALESCE(CAST("t17"."company_grade" AS TEXT), 'null') || ', "multiplier": ' || COALESCE(CAST("t17"."company_multiplier" AS TEXT), 'null') || ', "payment_grade": ' || COALESCE(CAST("t17"."grade" AS TEXT), 'null') || '}'
      ELSE '{' || '"ordinary_balance": ' || COALESCE(CAST(CAST(ROUND("t17"."ordinary_balance", 2) AS DECIMAL(38, 2)) AS TEXT), 'null') || ', "grade": ' || COALESCE(CAST("t17"."grade" AS TEXT), 'null') || ', "multiplier": ' || COALESCE(CAST("t17"."multiplier" AS TEXT), 'null') || '}'
    END},
    {'code': 'starter_cap', 'available': (
      "t17"."starter_not" IS NULL
    ) AND (
      "t17"."starter" IS NOT NULL
    ), 'amount': CASE
      WHEN (
        "t17"."starter_not" IS NULL
      ) AND (
        "t17"."starter" IS NOT NULL
      )
      THEN "t17"."starter"
      ELSE CAST(NULL AS DECIMAL(38, 4))
    END, 'reason': CASE
      WHEN (
        "t17"."starter_not" IS NULL
      ) AND (
        "t17"."starter" IS NOT NULL
      )
      THEN CAST(NULL AS TEXT)
      ELSE COALESCE("t17"."starter_not", 'no_data')
    END, 'params': '{' || '"median_sales": ' || COALESCE(CAST("t17"."median_sales" AS TEXT), 'null') || '}'}
  ] AS STRUCT(
    "code" TEXT,
    "available" BOOLEAN,
    "amount" DECIMAL(38, 4),
    "reason" TEXT,
    "params" TEXT
  )[]) AS "limit_formulas"
FROM (
  SELECT
    "t16"."buyer_id",
    "t16"."currency",
    "t16"."first_issued_on",
    "t16"."last_issued_on",
    "t16"."judged_items",
    "t16"."sales_365",
    "t16"."termed_amount",
    "t16"."termed_days",
    "t16"."year_amount",
    "t16"."year_days",
    "t16"."year_squares",
    "t16"."recent_amount",
    "t16"."recent_days",
    "t16"."middle_amount",
    "t16"."middle_days",
    "t16"."older_amount",
    "t16"."older_days",
    "t16"."lost_amount",
    "t16"."lost_days",
    "t16"."lost_squares",
    "t16"."late_before_recent_amount",
    "t16"."late_before_recent_days",
    "t16"."late_before_middle_amount",
    "t16"."late_before_middle_days",
    "t16"."on_time_amount",
    "t16"."derived_amount",
    "t16"."undated_amount",
    "t16"."open_amount",
    "t16"."open_days",
    "t16"."open_squares",
    "t16"."too_late_amount",
    "t16"."open_before_recent_amount",
    "t16"."open_before_recent_days",
    "t16"."open_before_middle_amount",
    "t16"."open_before_middle_days",
    "t16"."largest_paid_on_time",
    "t16"."largest_paid_in_good_time",
    "t16"."open_total",
    "t16"."not_due",
    "t16"."d1_30",
    "t16"."d31_60",
    "t16"."d61_90",
    "t16"."d91_120",
    "t16"."d121_180",
    "t16"."d181_365",
    "t16"."d_gt_365",
    "t16"."disputed",
    "t16"."under_bills",
    "t16"."credits",
    "t16"."unapplied",
    "t16"."unbilled",
    "t16"."oldest_due_on",
    "t16"."max_days_overdue",
    "t16"."open_items",
    "t16"."r_lt_1y",
    "t16"."r_1_2y",
    "t16"."r_2_3y",
    "t16"."r_gt_3y",
    "t16"."overdue",
    "t16"."net",
    "t16"."as_of",
    "t16"."history_days",
    "t16"."judged_amount",
    "t16"."days_beyond_terms",
    "t16"."on_time_ratio",
    "t16"."volatility_days",
    "t16"."dbt_0_90",
    "t16"."dbt_91_180",
    "t16"."dbt_181_365",
    "t16"."trend_days",
    "t16"."derived_ratio",
    "t16"."overdue_ratio",
    "t16"."long_overdue_ratio",
    "t16"."terms_days",
    "t16"."monthly_sales",
    "t16"."payment_index",
    "t16"."not_rated_reason",
    "t16"."confidence",
    "t16"."health_score",
    "t16"."grade",
    "t16"."next_score",
    "t16"."reasons",
    "t16"."cap",
    "t16"."median_sales",
    "t16"."cap_currency",
    "t16"."band",
    "t16"."multiplier",
    "t16"."company_grade",
    "t16"."company_id",
    "t16"."company_multiplier",
    "t16"."step_up",
    "t16"."experience_days",
    "t16"."extension_days",
    "t16"."extension_share",
    "t16"."score_floor",
    "t16"."hold_days",
    "t16"."only_open",
    CAST(CAST(COALESCE("t16"."largest_paid_in_good_time", 0) AS DECIMAL(22, 4)) * "t16"."step_up" AS DECIMAL(38, 4)) AS "experience",
    CASE
      WHEN "t16"."not_rated_reason" IS NOT NULL
      THEN 'not_rated'
      ELSE CAST(NULL AS TEXT)
    END AS "experience_not",
    CAST(ROUND(
      (
        (
          "t16"."terms_days" + CAST(CAST("t16"."extension_days" AS DECIMAL(9, 0)) * "t16"."extension_share" AS DOUBLE)
        ) / 30.0
      ) * 30.0,
      1
    ) AS DOUBLE) AS "need_days",
    CAST(CAST("t16"."monthly_sales" AS DECIMAL(22, 4)) * CAST(CAST(ROUND(
      (
        "t16"."terms_days" + CAST(CAST("t16"."extension_days" AS DECIMAL(9, 0)) * "t16"."extension_share" AS DOUBLE)
      ) / 30.0,
      4
    ) AS DOUBLE) AS DECIMAL(9, 4)) AS DECIMAL(38, 4)) AS "need",
    CASE
      WHEN "t16"."only_open"
      THEN 'sales_incomplete'
      WHEN COALESCE("t16"."sales_365" <= 0, TRUE)
      THEN 'no_sales_in_12_months'
      WHEN "t16"."terms_days" IS NULL
      THEN 'no_terms'
      ELSE CAST(NULL AS TEXT)
    END AS "need_not",
    CAST(CAST("t16"."monthly_sales" AS DECIMAL(22, 4)) * CAST(CAST(ROUND(GREATEST(COALESCE("t16"."terms_days", 30), 30.0) / 30.0, 4) AS DOUBLE) AS DECIMAL(9, 4)) AS DECIMAL(38, 4)) AS "ordinary_balance",
    CAST(CAST(CAST(CAST("t16"."monthly_sales" AS DECIMAL(22, 4)) * CAST(CAST(ROUND(GREATEST(COALESCE("t16"."terms_days", 30), 30.0) / 30.0, 4) AS DOUBLE) AS DECIMAL(9, 4)) AS DECIMAL(38, 4)) AS DECIMAL(22, 4)) * "t16"."multiplier" AS DECIMAL(38, 4)) AS "graded",
    CAST(CAST(CAST(CAST("t16"."monthly_sales" AS DECIMAL(22, 4)) * CAST(CAST(ROUND(GREATEST(COALESCE("t16"."terms_days", 30), 30.0) / 30.0, 4) AS DOUBLE) AS DECIMAL(9, 4)) AS DECIMAL(38, 4)) AS DECIMAL(22, 4)) * "t16"."company_multiplier" AS DECIMAL(38, 4)) AS "lowered",
    CASE
      WHEN "t16"."not_rated_reason" IS NOT NULL
      THEN 'not_rated'
      WHEN COALESCE("t16"."sales_365" <= 0, TRUE)
      THEN 'no_sales_in_12_months'
      ELSE CAST(NULL AS TEXT)
    END AS "graded_not",
    COALESCE(
      NOT (
        "t16"."not_rated_reason" IS NOT NULL
      )
      AND NOT (
        COALESCE("t16"."sales_365" <= 0, TRUE)
      )
      AND (
        "t16"."company_multiplier" < "t16"."multiplier"
      ),
      FALSE
    ) AS "is_lowered",
    "t16"."cap" AS "starter",
    CASE
      WHEN NOT (
        "t16"."not_rated_reason" IS NOT NULL
      )
      THEN 'rated_buyer'
      WHEN "t16"."cap" IS NULL
      THEN 'no_rated_buyers'
      ELSE CAST(NULL AS TEXT)
    END AS "starter_not",
    CASE
      WHEN "t16"."not_rated_reason" IS NOT NULL
      THEN 'not_rated'
      WHEN "t16"."health_score" >= "t16"."score_floor"
      THEN 'above_floor'
      ELSE CAST(NULL AS TEXT)
    END AS "floor_not",
    CASE
      WHEN NOT (
        "t16"."not_rated_reason" IS NOT NULL
      )
      THEN 'in_the_score'
      WHEN COALESCE("t16"."max_days_overdue", 0) < "t16"."hold_days"
      THEN 'not_overdue'
      ELSE CAST(NULL AS TEXT)
    END AS "hold_not"
  FROM (
    SELECT
      "t5"."buyer_id",
      "t5"."currency",
      "t5"."first_issued_on",
      "t5"."last_issued_on",
      "t5"."judged_items",
      "t5"."sales_365",
      "t5"."termed_amount",
      "t5"."termed_days",
      "t5"."year_amount",
      "t5"."year_days",
      "t5"."year_squares",
      "t5"."recent_amount",
      "t5"."recent_days",
      "t5"."middle_amount",
      "t5"."middle_days",
      "t5"."older_amount",
      "t5"."older_days",
      "t5"."lost_amount",
      "t5"."lost_days",
      "t5"."lost_squares",
      "t5"."late_before_recent_amount",
      "t5"."late_before_recent_days",
      "t5"."late_before_middle_amount",
      "t5"."late_before_middle_days",
      "t5"."on_time_amount",
      "t5"."derived_amount",
      "t5"."undated_amount",
      "t5"."open_amount",
      "t5"."open_days",
      "t5"."open_squares",
      "t5"."too_late_amount",
      "t5"."open_before_recent_amount",
      "t5"."open_before_recent_days",
      "t5"."open_before_middle_amount",
      "t5"."open_before_middle_days",
      "t5"."largest_paid_on_time",
      "t5"."largest_paid_in_good_time",
      "t5"."open_total",
      "t5"."not_due",
      "t5"."d1_30",
      "t5"."d31_60",
      "t5"."d61_90",
      "t5"."d91_120",
      "t5"."d121_180",
      "t5"."d181_365",
      "t5"."d_gt_365",
      "t5"."disputed",
      "t5"."under_bills",
      "t5"."credits",
      "t5"."unapplied",
      "t5"."unbilled",
      "t5"."oldest_due_on",
      "t5"."max_days_overdue",
      "t5"."open_items",
      "t5"."r_lt_1y",
      "t5"."r_1_2y",
      "t5"."r_2_3y",
      "t5"."r_gt_3y",
      "t5"."overdue",
      "t5"."net",
      "t5"."as_of",
      "t5"."history_days",
      "t5"."judged_amount",
      "t5"."days_beyond_terms",
      "t5"."on_time_ratio",
      "t5"."volatility_days",
      "t5"."dbt_0_90",
      "t5"."dbt_91_180",
      "t5"."dbt_181_365",
      "t5"."trend_days",
      "t5"."derived_ratio",
      "t5"."overdue_ratio",
      "t5"."long_overdue_ratio",
      "t5"."terms_days",
      "t5"."monthly_sales",
      "t5"."payment_index",
      "t5"."not_rated_reason",
      "t5"."confidence",
      "t5"."health_score",
      "t5"."grade",
      "t5"."next_score",
      "t5"."reasons",
      "t11"."cap",
      "t11"."median_sales",
      "t11"."cap_currency",
      "t12"."band",
      "t12"."multiplier",
      "t15"."company_grade",
      "t15"."company_id",
      "t15"."company_multiplier",
      "t13"."step_up",
      "t13"."experience_days",
      "t13"."extension_days",
      "t13"."extension_share",
      "t13"."score_floor",
      "t13"."hold_days",
      "t13"."only_open"
    FROM "graded" AS "t5"
    LEFT OUTER JOIN (
      SELECT
        "t1"."cap",
        "t1"."median_sales",
        "t1"."currency" AS "cap_currency"
      FROM "starter_caps" AS "t1"
    ) AS "t11"
      ON "t5"."currency" = "t11"."cap_currency"
    LEFT OUTER JOIN (
      SELECT
        "t2"."grade" AS "band",
        "t2"."multiplier"
      FROM "grades" AS "t2"
    ) AS "t12"
      ON "t5"."grade" = "t12"."band"
    LEFT OUTER JOIN (
      SELECT
        "t7"."company_grade",
        "t7"."buyer_id" AS "company_id",
        "t6"."multiplier" AS "company_multiplier"
      FROM "company_grades" AS "t7"
      INNER JOIN "grades" AS "t6"
        ON "t7"."company_grade" = "t6"."grade"
    ) AS "t15"
      ON "t5"."buyer_id" = "t15"."company_id"
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
    ) AS "t13"
  ) AS "t16"
) AS "t17"
