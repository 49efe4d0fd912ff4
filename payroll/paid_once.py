"""What fiscal years have released of what is paid once, by position: for monthly payments and differences."""

# By the line that released it last, in which payments, of how many, from which day on, and how much it is in
# all: as the run computed it, or as the last difference left it. What differences pay is in no payment.
ONCE = """
    paid_once AS (
        SELECT b.fiscal_year, b.employee_id, b.slot, b.line_id, b.numbers, b.of_payments, b.first_on,
            CASE WHEN d.id IS NULL THEN l.lump ELSE coalesce((d.award ->> 'lump')::bigint, 0) END AS total
        FROM (
            SELECT fiscal_year, employee_id, slot, (array_agg(line_id ORDER BY id DESC))[1] AS line_id,
                array_remove(array_agg(payment), NULL) AS numbers, max(of_payments) AS of_payments,
                (array_agg(effective_on ORDER BY id))[1] AS first_on, max(difference_id) AS difference_id
            FROM payroll_batchline WHERE fiscal_year = ANY(%(years)s) AND element = 'LUMP'
            GROUP BY fiscal_year, employee_id, slot
        ) b
        JOIN compensation_runline l ON l.id = b.line_id
        LEFT JOIN payroll_difference d ON d.id = b.difference_id
    )
"""
