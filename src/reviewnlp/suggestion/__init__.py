"""Keywords and themes for a review: clauses, features, learners, fusion and calibration, the model bundle."""
