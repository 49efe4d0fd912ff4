from compensation.services.runs import cancel_run, compute_here, resume_run, start_run

__all__ = ["cancel_run", "compute_here", "resume_run", "start_run"]
