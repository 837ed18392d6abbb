class TFIDF:
    idf_freq: dict[str, float]
    median_idf: float

default_tfidf: TFIDF

def extract_tags(sentence: str, topK: int = 20) -> list[str]: ...
