class TFIDF:
    idf_freq: dict[str, float]
    median_idf: float

default_tfidf: TFIDF
