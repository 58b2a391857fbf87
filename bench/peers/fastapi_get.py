"""A trivial GET of FastAPI: 90 bytes of JSON, served by uvicorn with uvloop and httptools, one process."""

from fastapi import FastAPI

app = FastAPI()


@app.get("/")
async def small() -> dict[str, str | int]:
    """What a start of an instance might be answered with."""
    return {"id": "0198c2a5-6f7e-7c11", "definition": "w2", "version": 1, "status": "active", "waits": 1}
