"""What everything is compared with: a title, a select box, a number and one chart, in Streamlit's default settings."""

import pandas as pd
import plotly.express as px
import streamlit as st

DISTRICTS = ["Mitte", "Nord", "Ost", "Süd", "West", "Vaihingen"]
YEARS = list(range(2016, 2026))

st.title("Fälle")
district = st.selectbox("Gebiet", DISTRICTS)
cases = pd.DataFrame({"Jahr": YEARS, "Fälle": [100 * DISTRICTS.index(district) + year - 2000 for year in YEARS]})
st.metric("Fälle 2025", int(cases["Fälle"].iloc[-1]))
st.plotly_chart(px.bar(cases, x="Jahr", y="Fälle"))
